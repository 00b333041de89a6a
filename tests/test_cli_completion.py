"""What a shell offers for a word that was begun: commands and options."""

from command_line import Home


def test_bash_completes_once_it_is_installed(home: Home) -> None:
    # In front of exec, bash would be gone before it is looked for.
    ran = home.shell("ftz --install-completion; exit $?")
    assert ran.code == 0
    ran = home.shell(
        ". ~/.bashrc; COMP_WORDS=(ftz init) COMP_CWORD=1;"
        " $(complete -p ftz | grep -o '_ftz[^ ]*') ftz; echo \"${COMPREPLY[@]}\""
    )
    assert (ran.out, ran.err) == ("initiatives initiative\n", "")
