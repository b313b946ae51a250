"""One question on the terminal, drawn by questionary; every word to be seen is ours.

Only `asking` imports this module, and only when it asks: questionary takes longer to import than
a whole command takes to run. Questions go to standard error: the output stays the command's own.
"""

import sys
from collections.abc import Callable, Iterable, Iterator

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from sqmy.text import clean, cut

Search = Callable[[str], Iterable[tuple[str, str]]]
"""From what was typed to the values it finds, each with what is said of it."""

_SAID_WIDTH = 48
_STYLE = questionary.Style([("placeholder", "fg:ansibrightblack"), ("answer", "bold")])


def ask(
    label: str,
    *,
    search: Search | None = None,
    default: str = "",
    hint: str = "",
    typed: str = "",
) -> str:
    """What the clerk answers, without the blanks around it.

    Args:
        label: what is asked for.
        search: finds what the answer may be; it is shown under the line as one types.
        default: the answer where none is typed.
        hint: what is shown, in grey, as long as nothing is typed.
        typed: an answer to begin with, to be edited.

    Raises:
        KeyboardInterrupt: on Ctrl-C and at the end of the input.
    """
    told = "；".join(filter(None, (hint, f"回车即 {default}" if default else "")))

    def grey() -> list[tuple[str, str]]:
        answered = get_app().future
        if answered is None or not answered.done():
            return [("class:placeholder", told)]
        return [("class:answer", default if answered.exception() is None else "")]

    question = questionary.autocomplete(
        f"{label}：",
        choices=[],  # the completer knows them
        completer=_Choices(search or _nothing),
        default=typed,
        placeholder=grey,
        style=_STYLE,
        key_bindings=_keys(),
        output=_screen(),
    )
    if search:
        show = question.application.current_buffer.start_completion
        question.application.pre_run_callables.append(show)
    try:
        return str(question.unsafe_ask()).strip() or default
    except EOFError:
        raise KeyboardInterrupt from None


def _nothing(_: str) -> Iterator[tuple[str, str]]:
    """The search where any text is right."""
    return iter(())


class _Choices(Completer):
    """The list under the line."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
        """What the text before the cursor finds; whatever is chosen takes its place."""
        typed = document.text_before_cursor
        for value, said in self.search(typed):
            yield Completion(
                value,
                start_position=-len(typed),
                display=clean(value),
                display_meta=cut(said, _SAID_WIDTH),
            )


def _keys() -> KeyBindings:
    """The arrow opens the list; keys that would show English words do nothing."""
    keys = KeyBindings()

    @keys.add("down")
    def _down(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        else:
            buffer.start_completion()

    def nothing(_: KeyPressEvent) -> None:
        pass

    for key in ("c-r", "c-s"):  # searching a history that there is not
        keys.add(key)(nothing)
    for digit in "-0123456789":  # repeating the next key so many times
        keys.add("escape", digit)(nothing)
    return keys


def _screen() -> Output:
    """Standard error. It is not asked where the cursor is: not every terminal answers."""
    output = create_output(sys.stderr)
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False
    return output
