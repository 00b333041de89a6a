"""Every code is explained, and a problem is told the same way everywhere."""

import re

from ftz_cli.catalogue import Message
from ftz_cli.catalogue.faults import MESSAGES
from ftz_cli.faults import FAULTS, Problem, ProblemLog


def test_codes_are_in_order_and_explained() -> None:
    assert [*FAULTS] == sorted(FAULTS)
    for code, fault in FAULTS.items():
        assert re.fullmatch(r"F[1-4]\d\d", code)
        assert fault.code == code
        for lang, stop in (("en", "."), ("zh", "。")):
            assert fault.name.told(lang) == fault.name.told(lang).strip() != ""
            assert fault.description.told(lang).endswith(stop)
            assert fault.example.told(lang)


def test_every_fault_has_its_three_entries_and_no_other_has() -> None:
    parts = ("name", "description", "example")
    assert [*MESSAGES] == [f"fault.{code}.{part}" for code in FAULTS for part in parts]


def test_names_of_faults_are_their_own() -> None:
    for lang in ("en", "zh"):
        names = [fault.name.told(lang) for fault in FAULTS.values()]
        assert len(set(names)) == len(names)


def test_a_problem_is_an_address_a_code_and_a_message() -> None:
    disagrees = Message("problem.disagrees", column="value", cell="1.6", printed="近1.5亿元")
    problem = Problem("db/figures.csv", 14, 6, "F203", disagrees)
    assert str(problem) == "db/figures.csv:14:6: F203 value '1.6' is not what '近1.5亿元' says"
    assert problem.told("zh") == "db/figures.csv:14:6: F203 value 的值“1.6”与“近1.5亿元”不符"


def test_a_log_keeps_the_first_thousand_and_counts_the_rest() -> None:
    log = ProblemLog()
    for line in range(1500):
        log.tell(Problem("x.csv", line, 1, "F301", Message("problem.empty", column="id")))
    assert (len(log.problems), log.count, log.problems[-1].line) == (1000, 1500, 999)
    assert log.full
