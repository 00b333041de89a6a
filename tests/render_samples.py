"""What the render tests share: the bundled figures, and a way to render into a string."""

import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ftz_cli import audit, queries, store
from ftz_cli.compare import Comparison, compare
from ftz_cli.load import load
from ftz_cli.models import Figure
from ftz_cli.render import Output, View, emit


class Samples:
    """The bundled data as models."""

    def __init__(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "ftz.db"
            load(path, [])
            data = store.open_named(str(path))
            self.figures = queries.figures(data, queries.ALL_FIGURES)
            self.zones = queries.zones(data)
            self.initiatives = queries.initiatives(data)
            self.metrics = queries.metrics(data)
            self.sources = queries.sources(data)
            self.findings = audit.audit(queries.claims(data))
            self.ratios = queries.ratios(data)
            data.close()

    def figure(self, id: str) -> Figure:
        return next(one for one in self.figures if one.id == id)

    def compared(self, *ids: str, single: bool = False) -> Comparison:
        columns = [next(one for one in self.initiatives if one.id == id) for id in ids]
        own = [[one for one in self.figures if one.initiative == id] for id in ids]
        metrics = {one.id: one for one in self.metrics}
        return compare("initiative", list(columns), own, metrics, self.ratios, single)


@cache
def samples() -> Samples:
    return Samples()


def shown(view: View, form: str | None = None, lang: str = "en", **more: object) -> str:
    """What `emit` writes into a pipe."""
    stream = io.StringIO()
    emit(view, Output(format=form, lang=lang, stream=stream, **more))  # type: ignore[arg-type]
    return stream.getvalue()
