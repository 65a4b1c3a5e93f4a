"""Holds configurations against docs/feedloom.schema.json. Called by check-schemas.

usage: configurations.py SCHEMA SAMPLE CASES

CASES is a folder of configurations that the tests have, named by what the program says of them: `read-…` without a finding, `refused-…`
with one. The schema must let pass what is read; of what is refused it must see what a schema can see.
"""

import json
import pathlib
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2, as feedloom reads it: dates are texts, and so are yes, no, on and off."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp" and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def main(schema, sample, cases):
    schema = json.loads(pathlib.Path(schema).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    counts = {"read": 0, "refused": 0, "seen": 0}
    wrong = []
    for file in [pathlib.Path(sample), *sorted(pathlib.Path(cases).iterdir())]:
        is_read = not file.name.startswith("refused-")
        counts["read" if is_read else "refused"] += 1
        try:
            document = yaml.load(file.read_text("utf-8"), Loader) or {}
        except (yaml.YAMLError, UnicodeDecodeError):
            counts["seen"] += not is_read
            wrong += [f"{file.name}: no YAML, for PyYAML"] if is_read else []
            continue
        errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(document)]
        if is_read:
            wrong += [f"{file.name}: {error}\n{file.read_text('utf-8')}" for error in errors]
        else:
            counts["seen"] += bool(errors)
    print(f"  configuration: {counts['read']} are read and {len(wrong)} of them not allowed; of {counts['refused']} with mistakes {counts['seen']} are seen")
    if counts["read"] < 20 or not counts["seen"]:
        wrong.append("too few configurations to prove anything")
    print("\n".join(wrong), end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
