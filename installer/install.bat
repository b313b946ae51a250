@echo off
rem 在没有网络的 Windows 电脑上安装或升级 sqmy：双击，或 install.bat [文件夹]
chcp 65001 >nul
setlocal
set "HERE=%~dp0"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%LOCALAPPDATA%\sqmy\program"

set "PYTHON="
for %%P in (py.exe python.exe python3.exe) do if not defined PYTHON (
  %%P -c "import sys, venv; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=%%P"
)
if not defined PYTHON (
  echo 没有找到 Python 3.11 或更高版本。请先安装（见“安装说明.html”），再执行本脚本。
  goto failed
)

%PYTHON% -m venv --without-pip --clear "%TARGET%" || goto failed
for %%W in ("%HERE%wheels\pip-*.whl") do set "PIP=%%~fW\pip"
rem 只用安装包里的文件，每一个都核对校验码
"%TARGET%\Scripts\python.exe" "%PIP%" --quiet --disable-pip-version-check install ^
  --no-index --find-links "%HERE%wheels" --require-hashes --requirement "%HERE%requirements.txt" || goto failed

rem 这个文件夹在 Windows 10 以后的 PATH 里
set "COMMANDS=%LOCALAPPDATA%\Microsoft\WindowsApps"
if exist "%COMMANDS%" > "%COMMANDS%\sqmy.cmd" echo @"%TARGET%\Scripts\sqmy.exe" %%*
echo 已装好：
"%TARGET%\Scripts\sqmy.exe" --version
echo 试一试：另开一个命令提示符，执行 sqmy demo
if "%~1"=="" pause
exit /b 0

:failed
echo 没有装成。
if "%~1"=="" pause
exit /b 1
