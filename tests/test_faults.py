"""Every code is explained, and a problem is told the same way everywhere."""

import re

from ftz_cli.faults import FAULTS, Problem, ProblemLog


def test_codes_are_in_order_and_explained() -> None:
    assert [*FAULTS] == sorted(FAULTS)
    for code, fault in FAULTS.items():
        assert re.fullmatch(r"F[1-4]\d\d", code)
        assert (fault.code, fault.name == fault.name.strip() != "") == (code, True)
        assert fault.description.endswith(".")
        assert fault.example


def test_names_of_faults_are_their_own() -> None:
    names = [fault.name for fault in FAULTS.values()]
    assert len(set(names)) == len(names)


def test_a_problem_is_an_address_a_code_and_a_message() -> None:
    problem = Problem("db/figures.csv", 14, 6, "F203", "value 1.6 is not what '近1.5亿元' says")
    assert str(problem) == "db/figures.csv:14:6: F203 value 1.6 is not what '近1.5亿元' says"


def test_a_log_keeps_the_first_thousand_and_counts_the_rest() -> None:
    log = ProblemLog()
    for line in range(1500):
        log.tell(Problem("x.csv", line, 1, "F301", "id is empty"))
    assert (len(log.problems), log.count, log.problems[-1].line) == (1000, 1500, 999)
    assert log.full
