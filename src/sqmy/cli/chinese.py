"""Typer in Chinese: its help pages, and everything it can find wrong with a command line.

Typer bundles its own Click in a private package, so errors are told apart by what they carry
(`option_name`, `param`) and not by their class; the private names are used in annotations only.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from sqmy.cli import asking, completing
from sqmy.cli import help as pages
from sqmy.cli.commands import HELP, LEDGER, OPERATOR, Command, Contents, Group
from sqmy.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typer._click.core import Command as _Base
    from typer._click.core import Context, Parameter
    from typer._click.formatting import HelpFormatter
    from typer._click.shell_completion import CompletionItem
else:
    _Base = object  # at run time TyperCommand and TyperGroup bring the real base

_BEFORE_COMMAND = {option.flag: option for option in (LEDGER, OPERATOR)}
_LONG_DASHES = ("—", "–", "－", "―")


class _Chinese(_Base):
    """What commands and groups have in common."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """`--help`, told in Chinese."""
        option = super().get_help_option(ctx)
        if option:
            option.help = HELP.summary
        return option

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As Typer does; what is wrong with the arguments is told in Chinese.

        Raises:
            UsageError: for any fault in the shape of the command line.
        """
        with _telling(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 — Typer's signature
        """As Typer does; a usage error found by the command itself points to its help too."""
        with _telling(ctx):
            return super().invoke(ctx)

    def option_rows(self, ctx: Context) -> list[pages.Row]:
        """Its options, `--help` last."""
        options = (p for p in self.get_params(ctx) if isinstance(p, TyperOption) and not p.hidden)
        return [(_term(option), _meaning(option)) for option in options]


class ChineseCommand(_Chinese, TyperCommand):
    """A command whose help and usage errors are Chinese."""

    # Typer's own refusal of surplus arguments is English and carries nothing but its text.
    allow_extra_args = True

    asks: tuple[str, ...] = ()
    """What may be asked for at a terminal, as the table of contents says."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As `_Chinese.parse_args`; surplus arguments are refused here.

        Raises:
            UsageError: for any fault in the shape of the command line.
        """
        with asking.lenient(self.params, self.asks, args):
            surplus = super().parse_args(ctx, args)
        if surplus and not ctx.resilient_parsing:  # a line that TAB completes is unfinished
            words = "、".join(surplus)
            raise _pointing(UsageError(f"多余的参数：{words}。{_dash_advice(surplus)}"), ctx)
        return surplus

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 — Typer's signature
        """Asks for what is missing, then does as Typer does."""
        carry_out = super().invoke
        if self.asks:
            asking.complete(cast("typer.Context", ctx), self.asks, lambda: carry_out(ctx))
        return carry_out(ctx)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes the help page: its line in the table of contents, then its docstring."""
        params = self.get_params(ctx)
        arguments = [p for p in params if isinstance(p, TyperArgument) and not p.hidden]
        required = [_term(p) for p in params if isinstance(p, TyperOption) and p.required]
        usage = [ctx.command_path, *map(_in_usage, arguments), *required, "[选项]"]
        about, examples = pages.docstring(self.help or "")
        summary = [f"{self.short_help}。"] if self.short_help else []
        sections = [("参数", [(_term(a), _meaning(a)) for a in arguments])] if arguments else []
        sections.append(("选项", self.option_rows(ctx)))
        page = pages.Page(usage, [*summary, *about], examples, sections)
        formatter.write(pages.render(page, pages.terminal_width()))


class ChineseGroup(_Chinese, TyperGroup):
    """A group whose commands stand in a table of contents and are imported when called."""

    contents: Contents
    """What it holds; `build_group` sets it."""

    def entry(self, name: str) -> Command | Group | None:
        """What the table of contents has under that name."""
        return next((part[name] for part in self.contents.values() if name in part), None)

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 — Typer's signature
        """The names of its commands, in the order of the table."""
        return [name for part in self.contents.values() for name in part]

    def get_command(self, ctx: Context, cmd_name: str) -> _Base | None:  # noqa: ARG002
        """The command of that name, its module imported now; None if there is none."""
        entry = self.entry(cmd_name)
        if isinstance(entry, Group):
            return build_group(cmd_name, f"{entry.summary}。", {"": entry.commands}, _no_option)
        return build_command(cmd_name, entry) if entry else None

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, _Base | None, list[str]]:
        """The command that the first word names, and the words after it.

        Raises:
            UsageError: when there is no such command, with the nearest one.
        """
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None:
            hint = _nearest(name, self.list_commands(ctx)) or _dash_advice([name])
            raise UsageError(f"没有「{name}」这个命令。{hint}")
        return name, command, rest

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """What TAB offers: the commands that begin as typed, or the options."""
        commands = completing.commands(self.contents, incomplete)
        return commands + super(TyperGroup, self).shell_complete(ctx, incomplete)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes the help page, for which no command is imported."""
        options = self.option_rows(ctx)
        formatter.write(pages.of_group(ctx.command_path, self.help or "", options, self.contents))


def build_command(name: str, entry: Command) -> _Base:
    """The command of a table entry; imports the module of its function."""
    module, function = entry.function.split(":")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    build = app.command(name, cls=ChineseCommand, short_help=entry.summary)
    build(getattr(import_module(module), function))
    command = typer.main.get_command(app)
    if isinstance(command, ChineseCommand):
        command.asks = entry.asks
    return command


def build_group(
    name: str, about: str, contents: Contents, callback: Callable[..., None]
) -> ChineseGroup:
    """A group with these commands; `callback` takes the options that stand before them.

    `callback` also runs when no command is given, and should call `require_command`.
    """
    app = typer.Typer(
        name=name,
        cls=ChineseGroup,
        help=about,
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
    )
    app.callback()(callback)
    group = typer.main.get_group(app)
    if not isinstance(group, ChineseGroup):  # what `cls` asks for, said to the type checker
        raise TypeError(group)
    group.contents = contents
    return group


def require_command(ctx: typer.Context) -> None:
    """Refuses a command line that ends before its command, and prints the help first.

    Raises:
        UsageError: when no command was given.
    """
    if ctx.invoked_subcommand is None:
        typer.echo(f"{ctx.get_help()}\n", err=True)
        raise UsageError("缺少命令。")


def _no_option(ctx: typer.Context) -> None:
    """The callback of a noun: it has no options of its own."""
    require_command(ctx)


@contextmanager
def _telling(ctx: Context) -> Iterator[None]:
    """Turns Typer's errors into Chinese ones, and points each usage error to its help."""
    try:
        yield
    except typer.TyperException as error:
        raise _pointing(UsageError(_told(error, ctx)), ctx) from error
    except UsageError as error:
        _pointing(error, ctx)
        raise


def _pointing(error: UsageError, ctx: Context) -> UsageError:
    """The error with a last line that tells where to read on; the innermost command's counts."""
    if not hasattr(error, "__notes__"):
        error.add_note(f"看用法：{ctx.command_path} --help")
    return error


def _told(error: typer.TyperException, ctx: Context) -> str:
    """What Typer found wrong, in Chinese."""
    params = ctx.command.get_params(ctx)
    flag = getattr(error, "option_name", None)
    if flag is not None:
        option = next((p for p in params if flag in p.opts), None)
        return _misused(option) if isinstance(option, TyperOption) else _unknown(flag, ctx)
    param: Parameter | None = getattr(error, "param", None)
    if isinstance(param, TyperArgument | TyperOption):
        what = "参数" if isinstance(param, TyperArgument) else "选项"
        if hasattr(error, "param_type"):
            return f"缺少{what}：{_term(param)}。"
        kind = "，应是整数" if param.type.name.startswith("int") else ""
        return f"{what} {_term(param)} 的值不对{kind}。"
    return "命令的写法不对。"


def _misused(option: TyperOption) -> str:
    """A known option with a value too many or too few."""
    if option.is_flag:
        return f"选项 {option.opts[0]} 不带值。"
    return f"选项 {option.opts[0]} 后面缺少值，应写成 {_term(option)}。"


def _unknown(flag: str, ctx: Context) -> str:
    """An option that the command does not have."""
    if flag in _BEFORE_COMMAND:
        program, _, command = ctx.command_path.partition(" ")
        value = _BEFORE_COMMAND[flag].metavar
        return f"选项 {flag} 要写在命令前面：{program} {flag} {value} {command} …"
    known = [name for param in ctx.command.get_params(ctx) for name in param.opts]
    hint = _nearest(flag, known)
    if not flag.startswith("--"):
        hint = "参数本身以 - 开头时，请在它前面单独写一个 --。"
    return f"没有「{flag}」这个选项。{hint}"


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), list(known), 1)
    return f"是不是 {near[0]}？" if near else ""


def _dash_advice(words: Iterable[str]) -> str:
    """Word processors turn two hyphens into one dash."""
    if any(word.startswith(_LONG_DASHES) for word in words):
        return "选项要以两个半角减号 -- 开头。"
    return ""


def _term(param: TyperArgument | TyperOption) -> str:
    """`编号`, `--on 日期`, `--future`, as help and errors name them."""
    metavar = param.metavar or (param.name or "").upper()
    if isinstance(param, TyperArgument):
        return metavar + ("…" if param.nargs == -1 else "")
    names = "，".join(param.opts)
    return names if param.is_flag else f"{names} {metavar}"


def _in_usage(argument: TyperArgument) -> str:
    return _term(argument) if argument.required else f"[{_term(argument)}]"


def _meaning(param: TyperArgument | TyperOption) -> str:
    """The help of a parameter with what can be known from its declaration."""
    marks = []
    if param.required and isinstance(param, TyperOption):
        marks.append("必填")
    if isinstance(param, TyperOption) and param.multiple:
        marks.append("可重复")
    if param.default not in (None, False):
        marks.append(f"默认 {param.default}")
    return (param.help or "") + (f"（{'；'.join(marks)}）" if marks else "")
