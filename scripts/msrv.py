"""Holds rust-version against those of all crates that the library and the program are made of. Called by check-package.

usage: cargo metadata --format-version 1 | msrv.py
"""

import json
import sys


def version(text):
    parts = [int(part) for part in text.split(".")]
    return tuple(parts + [0] * (3 - len(parts)))


def main():
    metadata = json.load(sys.stdin)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    seen, pending = set(), [root]
    while pending:
        package = pending.pop()
        if package not in seen:
            seen.add(package)
            # What only tests need asks nothing of users.
            pending += [edge["pkg"] for edge in nodes[package]["deps"] if any(kind["kind"] != "dev" for kind in edge["dep_kinds"])]
    stated = {packages[package]["name"]: packages[package]["rust_version"] for package in seen - {root}}
    most = max((version(rust), name) for name, rust in stated.items() if rust)
    ours = version(packages[root]["rust_version"])
    needed = ".".join(map(str, most[0]))
    print(f"  rust-version {packages[root]['rust_version']}; {len(stated)} dependencies need {needed} at most ({most[1]})")
    if ours != most[0]:
        sys.exit("failed: rust-version is not what the dependencies need; set it to the greatest of theirs, or say why it is higher")


if __name__ == "__main__":
    main()
