"""Prints the CMake prefix of the torch package that this Python has, without importing it; fails when there is none to use."""
import importlib.metadata
import importlib.util
import pathlib
import sys

spec = importlib.util.find_spec("torch")
if spec is None or spec.origin is None:
    sys.exit("this Python has no torch")
version = importlib.metadata.version("torch")
if tuple(int(part) for part in version.split(".")[:2]) < (2, 11):
    sys.exit(f"torch {version} is too old")
print(pathlib.Path(spec.origin).parent / "share" / "cmake")
