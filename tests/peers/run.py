"""Runs a peer test in the project's virtual environment, with the packages it asks for installed there in pinned versions.

    run.py NAME PACKAGE==VERSION... -- SCRIPT ARGUMENT...

Where the environment or the packages cannot be had the test is skipped, saying so (exit status 77).
"""
import os
import pathlib
import subprocess
import sys

ENVIRONMENT = pathlib.Path(__file__).resolve().parents[2] / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


def run_or_skip(what, command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        last = (done.stdout.strip().splitlines() or ["no message"])[-1]
        print(f"SKIPPED: {what} failed: {last}")
        sys.exit(77)


def provide(name, packages):
    if not PYTHON.exists():
        run_or_skip(f"making {ENVIRONMENT}", [sys.executable, "-m", "venv", str(ENVIRONMENT)])
    done = ENVIRONMENT / "peers" / f"{name}.txt"
    if done.exists() and done.read_text() == "\n".join(packages):
        return
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_or_skip(f"installing {' '.join(packages)}", pip + packages)
    done.parent.mkdir(exist_ok=True)
    done.write_text("\n".join(packages))


def main():
    split = sys.argv.index("--")
    provide(sys.argv[1], sys.argv[2:split])
    os.execv(PYTHON, [str(PYTHON)] + sys.argv[split + 1:])


main()
