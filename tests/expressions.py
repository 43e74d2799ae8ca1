"""Every regular expression of pressx, collected from its modules, its components and its rules, with how it is used."""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from pathlib import Path

import pressx
from pressx.layout import get_segmenter
from pressx.rules import RuleSet, load_rules

METHODS = {"search", "match", "fullmatch", "finditer", "findall", "split", "sub"}
ANCHORED = {"match", "fullmatch"}  # these try one place; the others try every place of a text


def collect_expressions(nlp):
    """Return {name: (expression, anchored)}; an anchored one is only ever tried at one place of a text."""
    modules = [importlib.import_module(name) for name in list_modules()]
    methods = defaultdict(set)
    found = {}
    for module in modules:
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for name, used in list_methods(tree).items():
            methods[name] |= used
        found |= {f"{module.__name__}.{name}": part for name, part in list_patterns(vars(module))}
        found |= dict(list_literals(module, tree))
    for name, component in [*nlp.pipeline, ("segmenter", get_segmenter())]:
        found |= {f"{name}.{path}": part for path, part in list_patterns(vars(component), seen=set())}
    known = {name: (part, methods[name.rsplit(".", 1)[1].split("[")[0]] <= ANCHORED) for name, part in found.items()}
    return known | {f"rule {name}": (part, False) for name, part in list_rules(load_rules())}


def list_modules():
    return [
        module.name for module in pkgutil.walk_packages(pressx.__path__, "pressx.") if "__main__" not in module.name
    ]


def list_rules(rules):
    """Yield the regular expressions and, joined in one for each label, the phrases of rules."""
    for label in sorted({rule.label for rule in rules.rules.values()}):
        yield from rules.expressions(label)
        if label in rules._phrases:
            yield f"phrases {label}", rules._phrases[label][0]


def list_patterns(values, path="", seen=frozenset()):
    """Yield the expressions among named values and, with a set `seen`, inside the objects of pressx among them."""
    for name, value in values.items():
        where = f"{path}.{name}" if path else str(name)
        if isinstance(value, re.Pattern):
            yield where, value
        elif isinstance(value, list | tuple):
            yield from list_patterns({f"{name}[{n}]": part for n, part in enumerate(value)}, path, seen)
        elif isinstance(value, dict) and not str(name).startswith("__"):
            yield from list_patterns({f"{name}[{key}]": part for key, part in value.items()}, path, seen)
        elif isinstance(seen, set) and type(value).__module__.startswith("pressx.") and not isinstance(value, RuleSet):
            if id(value) not in seen and hasattr(value, "__dict__"):
                seen.add(id(value))
                yield from list_patterns(vars(value), where, seen)


def list_literals(module, tree):
    """Yield the expressions that a module gives to functions of `re` as text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
                try:
                    pattern = eval(compile(ast.Expression(node.args[0]), "", "eval"), vars(module))  # noqa: S307  # ours
                except NameError:  # it is made of local words, see `repeat_names`
                    continue
                name = f"{module.__name__}:{node.lineno}.{'' if node.func.attr in ANCHORED else 'search'}"
                yield name, re.compile(pattern)


def list_methods(tree):
    """Return which methods are called on each name of a module, or on the names that it is given on to."""
    called, given = defaultdict(set), defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            for name in list_names(node.func.value):
                called[name].add(node.func.attr)
        for target, value in list_givings(node):
            for name in list_names(value):
                given[name] |= set(list_names(target))
    return {name: set().union(*(called[other] for other in follow(name, given))) for name in {*called, *given}}


def list_givings(node):
    """Yield (target, value) where a statement or comprehension gives a value a name."""
    if isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)


def list_names(node):
    return [
        part.id if isinstance(part, ast.Name) else part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Name | ast.Attribute)
    ]


def follow(name, given):
    """Return all names that a value may have."""
    reached, waiting = {name}, [name]
    while waiting:
        waiting += (new := given[waiting.pop()] - reached)
        reached |= new
    return reached
