"""The table of contents: every command with its function and its one-line help.

A command's module is imported when the command is called and not before, so that starting one
does not pay for the others; the line that says what it does stands here and nowhere else, so
that `sqmy --help` imports none of them. The function's docstring goes on from that line: how it
is used, and after a line `示例：` some examples.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Command(NamedTuple):
    """A command.

    Attributes:
        function: where its function stands, `package.module:function`.
        summary: what it does, in one line without a full stop.
        asks: what is asked for at a terminal where it is missing, in this order: parameters and
            groups of `questions`.
    """

    function: str
    summary: str
    asks: tuple[str, ...] = ()


class Group(NamedTuple):
    """A noun with commands of its own, such as `unit` with `unit add`.

    Attributes:
        summary: what they are about, in one line without a full stop.
        commands: its commands by name.
    """

    summary: str
    commands: Mapping[str, Command]


Contents = Mapping[str, Mapping[str, Command | Group]]
"""Headings, as `sqmy --help` prints them, and under each its commands by name."""


class GlobalOption(NamedTuple):
    """An option that stands before the command.

    Attributes:
        flag: `--ledger`.
        metavar: what its value is; None when it takes none.
        summary: what it does.
    """

    flag: str
    metavar: str | None
    summary: str


PROGRAM: Final = "sqmy"
ABOUT: Final = (
    "社情民意信息的台账、计分与通报。台账只记事实，得分按计分办法逐条算出，每一分都注明依据。"
)

LEDGER: Final = GlobalOption(
    "--ledger",
    "台账",
    "台账文件；不写时依次用环境变量 SQMY_LEDGER、当前文件夹的 sqmy.db、用户数据文件夹",
)
OPERATOR: Final = GlobalOption(
    "--as", "经办人", "记在事实上的经办人；不写时用环境变量 SQMY_OPERATOR，再用登录名"
)
VERSION: Final = GlobalOption("--version", None, "显示版本号")
HELP: Final = GlobalOption("--help", None, "显示本说明")

COMMANDS: Final[Contents] = {
    "建账": {
        "init": Command("sqmy.cli.setup:init", "新建台账"),
        "demo": Command("sqmy.cli.setup:demo", "用一个虚构的小县试一试：台账和全年得分"),
    },
    "名册": {
        "unit": Group(
            "登记、查看和更改报送单位",
            {
                "add": Command(
                    "sqmy.cli.register:unit_add", "登记单位", ("name", "unit_kind", "peer_group")
                ),
                "list": Command("sqmy.cli.register:unit_list", "列出单位"),
                "alias": Command("sqmy.cli.register:unit_alias", "给单位添一个简称"),
                "set": Command(
                    "sqmy.cli.register:unit_set",
                    "更改单位的类别、考评序列或参评",
                    ("unit", "since", "new_state"),
                ),
            },
        ),
        "member": Group(
            "登记、查看和更改人员及其身份",
            {
                "add": Command(
                    "sqmy.cli.register:member_add", "登记人员", ("name", "unit", "role", "since")
                ),
                "list": Command("sqmy.cli.register:member_list", "列出人员"),
                "appoint": Command(
                    "sqmy.cli.register:member_appoint",
                    "登记一项身份的开始",
                    ("member", "role", "since"),
                ),
                "end": Command(
                    "sqmy.cli.register:member_end", "登记一项身份的结束", ("member", "role", "on")
                ),
                "move": Command(
                    "sqmy.cli.register:member_move",
                    "登记人员调往另一单位",
                    ("member", "unit", "on"),
                ),
                "alias": Command("sqmy.cli.register:member_alias", "给人员添一个别名"),
                "merge": Command("sqmy.cli.register:member_merge", "把重复登记的两人并为一人"),
            },
        ),
    },
    "登记": {
        "submit": Command("sqmy.cli.record:submit", "登记报送的信息", ("title", "signers", "on")),
        "amend": Command(
            "sqmy.cli.record:amend",
            "更正信息的标题、作者、单位等",
            ("number", "changes", "because"),
        ),
        "review": Command(
            "sqmy.cli.record:review", "登记一个环节的审核结论", ("number", "stage", "verdict", "on")
        ),
        "forward": Command("sqmy.cli.record:forward", "登记上报", ("number", "channel", "on")),
        "adopt": Command("sqmy.cli.record:adopt", "登记采用", ("number", "channel", "form", "on")),
        "instruct": Command(
            "sqmy.cli.record:instruct", "登记领导批示", ("number", "rank", "leader", "on")
        ),
        "finding": Command(
            "sqmy.cli.record:finding",
            "登记认定，如报刊抄袭",
            ("concerned", "kind", "on", "grounds"),
        ),
        "attach": Command(
            "sqmy.cli.attaching:attach",
            "把文件附在信息或一项事实上，作依据",
            ("target", "files"),
        ),
        "void": Command(
            "sqmy.cli.record:void",
            "撤销一项事实、一批导入或一条信息",
            ("reference", "with_dependents", "because"),
        ),
        "import": Command("sqmy.cli.intake:import_files", "从电子表格导入"),
        "reconcile": Command("sqmy.cli.reconcile:reconcile", "与市政协等的采用清单核对"),
        "template": Command("sqmy.cli.intake:template", "取一份空表，填好再导入"),
        "export": Command("sqmy.cli.intake:export", "把台账导出成电子表格"),
    },
    "查阅": {
        "show": Command("sqmy.cli.read:show", "查看一条信息的全部经过"),
        "list": Command("sqmy.cli.read:list_items", "列出信息"),
        "attachment": Command("sqmy.cli.attaching:attachment", "取出附件"),
        "search": Command("sqmy.cli.read:search", "在标题和正文中查找"),
        "log": Command("sqmy.cli.read:log", "按登记先后列出台账里的事实"),
    },
    "计分": {
        "score": Command("sqmy.cli.score:score", "计算全年得分"),
        "explain": Command("sqmy.cli.score:explain", "逐条说明一个人或一个单位的得分"),
        "quota": Command("sqmy.cli.score:quota", "查看任务完成情况"),
        "standings": Command("sqmy.cli.statistics:standings", "滚动排名：得分、报送量、按月和层级"),
        "stats": Command("sqmy.cli.statistics:stats", "统计报送和采用的情况"),
        "seal": Command("sqmy.cli.seal:seal", "封存公布的得分"),
        "correct": Command("sqmy.cli.seal:correct", "封存的得分有变时，出更正通报"),
        "rollup": Command("sqmy.cli.sharing:rollup", "汇总各县的一年"),
        "rules": Group(
            "检查、显示和核对计分办法",
            {
                "check": Command("sqmy.cli.rules:check", "检查计分办法写得对不对"),
                "show": Command("sqmy.cli.rules:show", "显示台账采用的计分办法"),
                "test": Command("sqmy.cli.rules:test", "用算好的例子核对计分办法"),
                "new": Command("sqmy.cli.editions:new", "起草一份计分办法"),
                "compare": Command("sqmy.cli.editions:compare", "同一年按两份办法各算一遍"),
                "adopt": Command("sqmy.cli.editions:adopt", "从某一天起施行一份办法"),
                "ruling": Command("sqmy.cli.editions:ruling", "登记口径：没有写明的情况怎样定的"),
                "schema": Command("sqmy.cli.editions:schema", "取 JSON Schema，供编辑器提示和检查"),
            },
        ),
    },
    "文书": {
        "bulletin": Command("sqmy.cli.papers:bulletin", "起草情况通报"),
        "awards": Command("sqmy.cli.awarding:awards", "列出评先候选名单，起草表彰决定"),
        "notice": Command("sqmy.cli.papers:notice", "催报：谁还没有完成任务，给各单位的通知"),
        "certificate": Command("sqmy.cli.papers:certificate", "出采用证明"),
        "slip": Command("sqmy.cli.papers:slip", "一个人或一个单位的全年小结"),
        "profile": Command("sqmy.cli.papers:profile", "取一份文书设定来改"),
    },
    "保管": {
        "verify": Command("sqmy.cli.keep:verify", "核对台账是否完好、有无改动"),
        "backup": Command("sqmy.cli.keep:backup", "备份台账"),
        "restore": Command("sqmy.cli.keep:restore", "用备份恢复台账"),
        "erase": Command("sqmy.cli.keep:erase", "依法抹除电话、正文、批示内容或附件"),
        "move": Command("sqmy.cli.sharing:move", "把台账移到服务器上，或移回文件"),
        "doctor": Command("sqmy.cli.examine:doctor", "检查安装和台账所在之处，说明要改什么"),
    },
    "其他": {
        "completion": Command(
            "sqmy.cli.completing:completion", "取补全脚本，用 Tab 键补全命令、编号和名称"
        ),
    },
}
