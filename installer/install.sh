#!/bin/sh
# 在没有网络的电脑上安装或升级 sqmy：sh install.sh [文件夹]
# 不写文件夹时装到 ~/.local/share/sqmy/program，并在 ~/.local/bin 里放上 sqmy。
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
target=${1:-"$HOME/.local/share/sqmy/program"}

python=
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
  if "$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo "没有找到 Python 3.11 或更高版本。请先安装（见「安装说明.html」），再执行本脚本。" >&2
  exit 1
fi

if command -v sha256sum >/dev/null 2>&1; then
  (cd "$here" && sha256sum --check --quiet SHA256SUMS) || {
    echo "安装包里有文件与清单不符，没有安装。请重新复制整个文件夹。" >&2
    exit 1
  }
fi

set -- "$here"/wheels/pip-*.whl
"$python" -m venv --without-pip --clear "$target"
# 只用安装包里的文件，每一个都核对校验码
"$target/bin/python" "$1/pip" --quiet --disable-pip-version-check install \
  --no-index --find-links "$here/wheels" --require-hashes --requirement "$here/requirements.txt"

if [ "$target" = "$HOME/.local/share/sqmy/program" ]; then
  mkdir -p "$HOME/.local/bin"
  ln -sf "$target/bin/sqmy" "$HOME/.local/bin/sqmy"
fi
echo "已装好：$("$target/bin/sqmy" --version)。"
case ":$PATH:" in
  *":$HOME/.local/bin:"*) echo "试一试：sqmy demo" ;;
  *) echo "试一试：$target/bin/sqmy demo" ;;
esac
