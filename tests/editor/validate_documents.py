"""Checks the schema by another project's validator: it accepts every shipped document, and not what is wrong.

validate_documents.py SKEIN DOCUMENT...

Exit code 77 where that validator is missing: apt-get install python3-jsonschema.
"""
import json
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is missing")
    sys.exit(77)


def without_comments(text):
    """The text with comments as blanks; what looks like one within a string stays."""
    pattern = r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/'
    return re.sub(pattern, lambda found: found[0] if found[0].startswith('"') else " ", text, flags=re.DOTALL)


def run_with(**members):
    return {"format": "skein/1", "algorithm": "particle_swarm", "problem": "sphere", **members}


def graph_with(**node):
    return {"format": "skein/1", "graph": "g", "nodes": {"a": node}, "flow": ["a"]}


RIGHT = [
    run_with(seed=1, stop={"iterations": 3}),
    graph_with(operator="concatenate_rows", **{"in": {"columns": ["x", "y"]}, "inout": {"joined": "z"}}),
    graph_with(operator="concatenate_rows", **{"in": {"columns": "frames.x"}, "inout": {"joined": "z"}}),
]

WRONG = [
    run_with(seed="one"),
    run_with(sed=1),
    run_with(stop={"iteration": 3}),
    run_with(problem={"name": "sphere", "dimension": 0}),
    run_with(problem={"name": "sphere", "parameters": {"uper": 3}}),
    {"format": "skein/2", "algorithm": "particle_swarm", "problem": "sphere"},
    {"format": "skein/1", "algorithm": "particle_swarm"},
    graph_with(operator="concatenate_rows", **{"in": {"columns": 3}, "inout": {"joined": "z"}}),
    graph_with(operator="concatenate_row"),
]


def main(skein, files):
    schema = json.loads(subprocess.run([skein, "schema"], check=True, capture_output=True, text=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = []
    for file in files:
        with open(file, encoding="utf-8") as stream:
            document = json.loads(without_comments(stream.read()))
        failures += [f"{file}: {'/'.join(map(str, error.path))}: {error.message}"
                     for error in validator.iter_errors(document)]
    failures += [f"refused: {document}" for document in RIGHT if not validator.is_valid(document)]
    failures += [f"accepted: {document}" for document in WRONG if validator.is_valid(document)]
    print("\n".join(failures) if failures else f"{len(files)} documents fit the schema")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
