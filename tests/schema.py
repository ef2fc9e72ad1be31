# SPDX-License-Identifier: MIT
"""schema.py FOLDER KIND FILE...: validates the JSON documents in FILE, one behind the other, against FOLDER/KIND.json.
Of several FILEs each must be one document."""
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


def problems(file, kinds, failure):
    """One for each document, None where it is right."""
    for document in documents(pathlib.Path(file).read_text(encoding="ascii")):
        failed = "error" in document and "findings" in document and "verdict" not in document
        problem = first_problem(document, [failure] if failed and "edits" not in document else kinds)
        yield problem and f"{document.get('tool')}: {problem}"


def main():
    folder, kind, files = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    failure = validator(folder, "failure")
    kinds = [validator(folder, k) for k in [kind] + OTHERS.get(kind, [])]
    bad = n = 0
    for file in files:
        try:
            found = list(problems(file, kinds, failure))
        except ValueError as error:
            found = [str(error)]
        if len(files) > 1 and len(found) != 1:
            found.append(f"{len(found)} documents")
        for i, problem in enumerate(found, 1):
            if problem:
                bad += 1
                print(f"{file}: document {i}: {problem}")
        n += len(found)
    print(f"{n} documents, {bad} wrong")
    return 1 if bad or not n else 0


sys.exit(main())
