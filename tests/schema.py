# SPDX-License-Identifier: MIT
"""schema.py FOLDER KIND FILE: validates the JSON documents in FILE, one behind the other, against FOLDER/KIND.json."""
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")  # newer releases replace RefResolver, Debian 12 has only that
import jsonschema

OTHERS = {"rsa-check-reads": ["rsa-check"]}  # what a tool prints before


def validator(folder, kind):
    path = (folder / f"{kind}.json").resolve()
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(path.as_uri(), schema))


def documents(text):
    decoder, text = json.JSONDecoder(), text.lstrip()
    while text:
        document, end = decoder.raw_decode(text)
        yield document
        text = text[end:].lstrip()


def first_problem(document, kinds):
    """None where one of kinds fits; else what the first one says."""
    problem = None
    for kind in kinds:
        error = jsonschema.exceptions.best_match(kind.iter_errors(document))
        if error is None:
            return None
        problem = problem or f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    return problem


def main():
    folder, kind, file = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    failure = validator(folder, "failure")
    kinds = [validator(folder, k) for k in [kind] + OTHERS.get(kind, [])]
    bad = n = 0
    for document in documents(pathlib.Path(file).read_text(encoding="ascii")):
        n += 1
        failed = "error" in document and "findings" in document and "verdict" not in document
        problem = first_problem(document, [failure] if failed and "edits" not in document else kinds)
        if problem:
            bad += 1
            print(f"document {n} of {document.get('tool')}: {problem}")
    print(f"{n} documents, {bad} wrong")
    return 1 if bad or not n else 0


sys.exit(main())
