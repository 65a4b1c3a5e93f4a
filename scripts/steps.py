"""Writes the shell steps of workflows, actions and pipelines into files, for shellcheck. Called by check-ci.

usage: steps.py FOLDER FILE…
"""

import pathlib
import re
import sys

from ruamel.yaml import YAML


def steps(value):
    """The scripts below a value, wherever they stand."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "run" and isinstance(inner, str):
                yield inner
            elif key in ("script", "before_script") and isinstance(inner, list):
                yield "\n".join(map(str, inner))
            else:
                yield from steps(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from steps(inner)


def main(folder, *files):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for file in files:
        document = YAML(typ="safe").load(pathlib.Path(file).read_text("utf-8"))
        for number, script in enumerate(steps(document)):
            # What the runner fills in is text in quotes to the shell, or should be: it stands in env.
            if "${{" in script:
                sys.exit(f"{file}: a step has an expression in its script; put it into env: {script}")
            name = re.sub(r"\W+", "-", file).strip("-")
            # Runners end a step at the first command that fails.
            (folder / f"{name}-{number}").write_text(f"set -e\n{script}\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
