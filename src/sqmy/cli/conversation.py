"""The conversation in which a command's missing arguments are asked for, one by one.

Only `asking` imports this module, and only when it asks.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperArgument, TyperOption

from sqmy import days, text
from sqmy.cli import asking, prompting
from sqmy.cli.desk import say
from sqmy.cli.questions import GROUPS, QUESTIONS, Group, Question
from sqmy.errors import SqmyError

if TYPE_CHECKING:
    from sqmy.workspace.desk import Desk

_SEARCH: Final = "输入几个字查找，用 ↓ 选择"
_SKIP: Final = "可不填，直接回车"
_ENOUGH: Final = "没有了就直接回车"
_YES: Final = {"是": True, "否": False, "y": True, "n": False, "yes": True, "no": False}


class Conversation:
    """Asks for the arguments of one command.

    Args:
        ctx: the command's context; its `params` take the answers.
        desk: the ledger that names and numbers are looked up in.
    """

    def __init__(self, ctx: typer.Context, desk: "Desk") -> None:
        self.ctx = ctx
        self.desk = desk
        self._params = {param.name: param for param in ctx.command.params}
        self._answers: dict[str, str] = {}

    def check_given(self, asks: Sequence[str]) -> None:
        """Refuse what the command line has wrong before anything is asked.

        Raises:
            SqmyError: as the command itself would.
        """
        names = [n for ask in asks for n in (GROUPS[ask].names if ask in GROUPS else (ask,))]
        for name in names:
            if name in QUESTIONS and asking.is_given(self.ctx, name):
                given = self.ctx.params[name]
                for value in given if isinstance(given, list | tuple) else (given,):
                    if isinstance(value, str):
                        self._check(QUESTIONS[name], value)

    def _check(self, question: Question, value: str) -> None:
        from sqmy.workspace import choices

        if question.source:
            choices.check(self.desk, question.source, value)
        elif question.read:
            question.read(value)

    def answer(self, name: str) -> None:
        """Ask for a parameter, or for those of a group that are wanted.

        Raises:
            KeyboardInterrupt: the clerk breaks off.
        """
        if name == "with_dependents":
            self._ask_for_dependents()
        elif name not in GROUPS:
            self._ask_for(name)
        elif GROUPS[name].how == "first":
            self._ask_in_turn(GROUPS[name])
        else:
            self._ask_which(GROUPS[name])

    # -- one parameter -----------------------------------------------------------------------

    def _ask_for(self, name: str) -> None:
        """Ask for one parameter; what was answered before, or is usual, need not be typed."""
        param = self._params[name]
        default = self._answers.get(name) or str(param.default or "")
        if name == "on" and param.required:
            default = default or days.today()
        self.ctx.params[name] = self._one(
            name, default=default, skip="" if param.required else _SKIP
        )

    def _ask_for_new(self, name: str, now: str) -> None:
        """Ask for one parameter of a group in place of what it stands at now."""
        param = self._params[name]
        if isinstance(param, TyperOption) and param.multiple:
            self.ctx.params[name] = self._several(name)
        else:  # a title is edited, anything else is typed or chosen anew
            typed = now if name == "title" else ""
            self.ctx.params[name] = self._one(name, typed=typed)

    def _one(
        self, name: str, *, label: str = "", default: str = "", skip: str = "", typed: str = ""
    ) -> Any:  # noqa: ANN401 — whatever the command takes
        """The argument that the answer stands for, asked until it stands for one.

        Args:
            name: the parameter.
            label: what is asked for, if not what the question says.
            default: the answer that no answer means.
            skip: what to say if there may be no answer: then the argument is None.
            typed: an answer to begin with.
        """
        question = QUESTIONS[name]
        label = label or self._label(name)
        hints = (_SEARCH if question.source else "", "" if default else skip)
        hint = "；".join(filter(None, hints))
        while True:
            answer = prompting.ask(
                label, search=self._search(question), default=default, hint=hint, typed=typed
            )
            if skip and not answer:
                return None
            try:
                argument = self._read(question, label, answer)
            except SqmyError as refusal:
                say(refusal, err=True)
            else:
                if isinstance(argument, str) and question.source and argument != answer:
                    say(f"  即 {argument}", err=True)
                self._answers[name] = answer
                return argument

    def _several(self, name: str, *, skip: str = "") -> list[str]:
        """The arguments of a parameter that takes several; none where `skip` says so."""
        arguments = [self._one(name, skip=skip)]
        while arguments[-1] is not None:
            label = f"还有{QUESTIONS[name].label}吗"
            arguments.append(self._one(name, label=label, skip=_ENOUGH))
        return arguments[:-1]

    def _search(self, question: Question) -> prompting.Search | None:
        """What finds the answers to a question."""
        from sqmy.workspace import choices

        if question.words is not None:
            return partial(_holding, [(word, "") for word in question.words])
        if question.source:
            return partial(choices.search, self.desk, question.source)
        return None

    def _read(self, question: Question, label: str, answer: str) -> object:
        """The argument that an answer stands for.

        Raises:
            SqmyError: it stands for none.
        """
        from sqmy.workspace import choices

        if not answer:
            raise SqmyError(f"{label}不能为空。")
        if question.source:
            return choices.meant(self.desk, question.source, answer)
        if question.words is not None:
            return question.words[_chosen(question.words, answer)]
        return question.read(answer) if question.read else text.plain(answer, label)

    # -- groups ------------------------------------------------------------------------------

    def _ask_in_turn(self, group: Group) -> None:
        """Ask for each of them until one is answered."""
        *first, last = group.names
        self.ctx.params |= dict.fromkeys(group.names)
        for name in first:
            if arguments := self._several(name, skip="没有就直接回车"):
                self.ctx.params[name] = arguments
                return
        self.ctx.params[last] = self._several(last)

    def _ask_which(self, group: Group) -> None:
        """Ask which of them is meant, and for that one; and for more if the group has it so."""
        now = self._now(group)
        self.ctx.params |= dict.fromkeys(group.names)
        left = {self._label(name): name for name in group.names}
        label, hint = group.label, _SEARCH
        while left:
            said = [(word, now.get(name) or self._help(name)) for word, name in left.items()]
            answer = prompting.ask(label, search=partial(_holding, said), hint=hint)
            if not answer and hint == _ENOUGH:
                return
            try:
                name = left.pop(_chosen(left, answer))
            except SqmyError as refusal:
                say(refusal, err=True)
                continue
            self._ask_for_new(name, now.get(name, ""))
            if group.how == "one":
                return
            label, hint = f"还{group.label}", _ENOUGH

    def _label(self, name: str) -> str:
        """What a parameter is called when it is asked for."""
        return QUESTIONS[name].label or str(self._params[name].metavar)

    def _help(self, name: str) -> str:
        """What the help page says of a parameter."""
        param = self._params[name]
        return (param.help or "") if isinstance(param, TyperArgument | TyperOption) else ""

    def _now(self, group: Group) -> dict[str, str]:
        """What the parameters of a group stand at in the ledger."""
        from sqmy.workspace import standing

        params = self.ctx.params
        if group is GROUPS["changes"]:
            return standing.item_now(self.desk, params["number"])
        if group is GROUPS["new_state"]:
            return standing.unit_now(self.desk, params["unit"], params["since"])
        return {}

    def _ask_for_dependents(self) -> None:
        """Ask whether to void what rests on the fact with it, where anything does."""
        from sqmy.workspace.rehearsal import would_void

        try:
            would_void(self.desk, self.ctx.params["reference"], with_dependents=False)
        except SqmyError as refusal:
            told, _, advice = str(refusal).rpartition("\n")
            if "--with-dependents" not in advice:
                raise
            say(told, err=True)
            if not agreed("一并撤销吗"):
                raise KeyboardInterrupt from None
            self.ctx.params["with_dependents"] = True


def agreed(label: str, *, default: str = "") -> bool:
    """Whether the clerk says yes.

    Args:
        label: what to say yes to.
        default: what no answer means; "" if there must be one.

    Raises:
        KeyboardInterrupt: the clerk breaks off.
    """
    search = partial(_holding, [("是", ""), ("否", "")])
    while True:
        answer = prompting.ask(f"{label}（是/否）", search=search, default=default)
        said = _YES.get(text.match_key(answer))
        if said is not None:
            return said
        say("请回答 是 或 否。", err=True)


def _holding(said: list[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """The words, with what is said of them, that hold what was typed."""
    return [(word, about) for word, about in said if typed.strip() in word]


def _chosen(words: Iterable[str], answer: str) -> str:
    """The word that was typed, or the only one that holds what was.

    Raises:
        SqmyError: there is none, or there are several.
    """
    listed = list(words)
    found = [word for word in listed if word == answer] or [w for w in listed if answer in w]
    if len(found) != 1:
        raise SqmyError(f"请从这些当中选一个：{'、'.join(listed)}。")
    return found[0]
