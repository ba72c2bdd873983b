#!/usr/bin/env python3
"""Writes random templates and what Jinja2 makes of them, for RandomCasesTests.

    generate_random_cases.py FOLDER [COUNT] [SEED]

FOLDER gets cases.jsonl and expected.jsonl, in the form of ../shared/conformance/jinja. Run the tests with
TEMPLATES_RANDOM_CASES=FOLDER. Needs Jinja2 3.1.6.
"""
import json
import os
import random
import re
import sys
import traceback

import jinja2
from jinja2 import ChainableUndefined, DebugUndefined, DictLoader, Environment, StrictUndefined, Undefined

UNDEFINED = {"": Undefined, "strict": StrictUndefined, "chainable": ChainableUndefined, "debug": DebugUndefined}

CONTEXT = {
    "i": 3, "j": -7, "z": 0, "f": 2.5, "g": -0.1, "t": True, "n": None, "e": "",
    "s": "Hello <World> & Co", "u": "Grüße, 日本 ß", "w": "one two  three\nfour", "h": "<b>x</b>", "num": "42",
    "l": [3, 1, 2], "m": ["b", "A", "c", "a"], "x": [1, "a", None, True, 2.5], "nest": [[1, 2], [3, 4], [5]],
    "empty": [], "d": {"a": 1, "b": "two", "c": [1, 2, 3]}, "dd": {"b": {"k": 1}, "a": {"k": 2}},
    "tree": [{"n": "a", "c": [{"n": "b", "c": []}, {"n": "<c>"}]}, {"n": "d"}],
    "p": [{"n": "x", "v": 3, "g": {"h": 1}}, {"n": "Y", "v": 1, "g": {"h": 2}}, {"n": "z", "v": 2, "g": {"h": 1}}],
}


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.locals = []
        self.depth = 0

    def pick(self, *options):
        return self.r.choice(options)

    # Expressions -----------------------------------------------------------------------------------------

    def name(self):
        names = ["i", "j", "z", "f", "g", "t", "n", "e", "s", "u", "w", "h", "num", "l", "m", "x", "nest", "empty",
                 "d", "dd", "p", "nope"]
        if self.locals and self.r.random() < 0.4:
            return self.r.choice(self.locals)
        return self.r.choice(names)

    def literal(self):
        return self.pick("0", "1", "2", "-1", "7", "10", "1.5", "0.25", "1e3", "true", "false", "none", "''", "'a'",
                         "'b c'", '"<i>"', "'x-y'", "'é'", "[]", "[1, 2]", "['a', 'b']", "(1, 2)", "{}", "{'a': 1}",
                         "{'b': 2, 'a': [1]}", "'%s'", "'{}'", "'a,b,c'", "'  pad '", "'A1b2'")

    def number(self):
        return self.pick("i", "j", "z", "f", "1", "2", "3", "0", "-1", "0.5", "l[0]", "d.a", "l|length", "s|length")

    def text(self):
        return self.pick("s", "u", "w", "h", "e", "num", "'abc'", "'a-b'", "h|safe", "h|e", "('<'|safe)", "d.b")

    def list(self):
        return self.pick("l", "m", "x", "nest", "empty", "p", "d", "s", "[3, 1, 2]", "range(4)", "d.items()", "dd",
                         "(1, 2, 1)", "p|map(attribute='v')", "m|map('upper')", "l|sort", "nope", "m|list")

    def expression(self, depth=0):
        if depth > 3:
            return self.pick(self.name(), self.literal())
        choice = self.r.random()
        e = lambda: self.expression(depth + 1)
        if choice < 0.10:
            return self.literal()
        if choice < 0.22:
            return self.name()
        if choice < 0.34:
            return f"{self.atom(e())} {self.pick('+', '-', '*', '/', '//', '%', '~', '~')} {self.atom(e())}"
        if choice < 0.38:
            return f"{self.number()} {self.pick('+', '-', '*', '/', '//', '%')} {self.number()}"
        if choice < 0.44:
            return f"{self.atom(e())} {self.pick('==', '!=', '<', '>', '<=', '>=', 'in', 'not in')} {self.atom(e())}"
        if choice < 0.47:
            return f"{e()} {self.pick('and', 'or')} {e()}"
        if choice < 0.49:
            return f"not {self.atom(e())}"
        if choice < 0.52:
            return f"({e()} if {e()} else {e()})" if self.r.random() < 0.7 else f"({e()} if {e()})"
        if choice < 0.56:
            return f"({self.list()})[{self.index()}]"
        if choice < 0.60:
            return self.pick("d.a", "d.c", "d.zz", "dd.b.k", "p[0].n", "p[1]['v']", "d['b']", "d.items()|list",
                             "nest[1][0]", "x.nope", "s.nope", "n.x", "loop.index", "d.get('a')", "d.get('q', 5)",
                             "p.0.n", "nope.x", "d.keys()|list", "d.c.1")
        if choice < 0.80:
            return self.filtered(depth)
        if choice < 0.86:
            return self.test(depth)
        if choice < 0.95:
            return self.method()
        return f"[{e()}, {e()}]" if self.r.random() < 0.5 else "{" + f"'k': {e()}" + "}"

    def atom(self, e):
        return e if re.fullmatch(r"[a-z][\w.]*|'[^']*'", e) else f"({e})"

    def index(self):
        return self.pick("0", "1", "-1", "i", "'a'", "1:", ":2", "::2", "::-1", "-2:", "0:1", "99", "z", ":-1", "1:3",
                         "none", "f")

    def filtered(self, depth):
        choice = self.r.random()
        if choice < 0.12:
            chain = [self.pick("upper", "lower", "e", "safe", "string", "urlencode", "truncate(5)", "truncate(7, true, '&', 1)",
                               "replace('o', '0')", "replace('<', '-')", "trim", "replace(' ', '<')", "title", "truncate(3)",
                               "replace('é', 'e')", "default('x')", "forceescape", "truncate(length=6, leeway=0)")
                     for _ in range(self.r.randint(1, 4))]
            return self.text() + "".join("|" + each for each in chain)
        if choice < 0.45:
            return self.text() + self.text_filter()
        if choice < 0.85:
            return self.list() + self.list_filter()
        if choice < 0.93:
            return self.number() + self.number_filter()
        return self.atom(self.expression(depth + 1)) + self.pick(
            self.text_filter(), self.list_filter(), self.number_filter())

    def text_filter(self):
        return "|" + self.pick(
            "upper", "lower", "title", "capitalize", "trim", "e", "safe", "forceescape", "length", "reverse", "string",
            "striptags", "wordcount", "urlencode", "list", "first", "last", "int", "float", "tojson", "urlize",
            "replace('o', '0')", "replace('<', '[')", "replace('o', '<'|safe)", "truncate(5)", "truncate(8, true)",
            "truncate(6, false, '..', 0)", "center(20)", "indent", "indent(2, true)", "indent('> ')",
            "wordwrap(7)", "wordwrap(4, false)", "default('x')", "d('y', true)", "format('a')", "trim('ab')",
            "join('-')", "e|e", "escape|upper", "truncate(5)|e", "pprint", "list|join('<')", "sort|join",
            "unique|join", "batch(3)|list", "slice(3)|list", "upper|safe", "safe|lower", "count", "xmlattr",
            "indent(1, blank=true)", "int(5)", "int(0, 16)", "float(1.5)", "map('upper')|join(',')", "max", "min")

    def list_filter(self):
        return "|" + self.pick(
            "join", "join(', ')", "join('<b>')", "join('<br>'|safe)", "first", "last", "length", "sort", "sort(true)",
            "reverse|list", "list", "sum", "max", "min", "unique|list", "batch(2)|list", "batch(2, '-')|list",
            "slice(2)|list", "slice(2, 'f')|list", "map('string')|list", "map('upper')|join", "map(attribute='n')|list",
            "map(attribute='v')|sum", "selectattr('v')|list|length", "selectattr('v', 'gt', 1)|map(attribute='n')|list",
            "rejectattr('n', 'equalto', 'x')|list|length", "select|list", "reject|list", "select('odd')|list",
            "select('string')|list", "reject('none')|list", "sort(attribute='v')|map(attribute='n')|join",
            "groupby('g.h')|list|length", "sort(case_sensitive=true)", "dictsort", "dictsort(by='value')", "items|list",
            "tojson", "tojson(indent=2)", "string", "e", "default('none')", "urlencode", "xmlattr", "count",
            "map('default', 'q')|list", "map(attribute='zz', default=0)|list", "map('int')|list", "map('length')|list",
            "sum(start=10)", "sum(attribute='v')", "max(attribute='v')", "min(attribute='n')", "first|upper",
            "sort(reverse=true)", "unique(case_sensitive=true)|list", "map('first')|list",
            "groupby('n')|map('first')|list", "sort(attribute='n,v')|map(attribute='v')|list", "attr('x')", "pprint",
            "map(attribute=0)|list", "select('in', [1, 2, 'a'])|list", "map('abs')|list", "map('e')|join")

    def number_filter(self):
        return "|" + self.pick(
            "abs", "int", "float", "round", "round(1)", "round(0, 'floor')", "round(1, 'ceil')", "string", "filesizeformat",
            "e", "tojson", "default(1)", "center(6)", "format", "length", "upper", "round|int", "filesizeformat(true)",
            "round(-1)", "string|length", "d(2, true)", "list", "join")

    def test(self, depth):
        e = self.atom(self.expression(depth + 1))
        return f"({e} is {self.pick('', 'not ')}" + self.pick(
            "defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false",
            "mapping", "sequence", "iterable", "callable", "odd", "even", "divisibleby(3)", "divisibleby 2", "eq 1",
            "sameas none", "in [1, 2, 'a']", "lower", "upper", "escaped", "gt 1", "lt(2)", "ne 'a'", "filter", "test") + ")"

    def method(self):
        return self.pick(
            "s.upper()", "s.lower()", "u.upper()", "s.title()", "s.split()", "w.split()", "w.split(' ')", "s.split('o', 1)",
            "s.rsplit(' ', 1)", "'a,b'.split(',')", "s.replace('l', 'L')", "s.replace('l', 'L', 1)", "s.startswith('He')",
            "s.endswith(('o', 'x'))", "s.find('W')", "s.index('W')", "s.count('o')", "e.join(['a'])", "'-'.join(m)",
            "','.join(['x', h])", "(h|safe).join(['<', h])", "w.splitlines()", "s.strip('Ho')", "s.center(30, '*')",
            "num.zfill(5)", "'-5'.zfill(4)", "s.partition(' ')", "s.rpartition('o')", "u.capitalize()", "s.swapcase()",
            "num.isdigit()", "'{:>5}|{:<4}|{:^6}'.format(i, f, 'a')", "'{0} {1} {0}'.format(i, s)", "'{a}'.format(a=h)",
            "'%s and %s' % (i, s)", "'%05.2f' % f", "'%d%%' % i", "'%(a)s' % d", "'%r' % s", "'{:.2f}'.format(f)",
            "'{!r:>6}'.format('a')", "'{:,}'.format(1234567)", "(h|safe) % 1", "('<i>%s</i>'|safe) % h",
            "('<i>{}</i>'|safe).format(h)", "d.items()|list", "d.values()|list", "d.get('a')", "l.index(1)", "m.count('a')",
            "l.index(9)", "d.pop('zz', 1)", "s.nope()", "nope()", "i()", "range(3)|list", "range(i)|join", "dict(a=1)",
            "dict(d, z=1)", "cycler(1, 2).next()", "joiner('-')()", "namespace(a=1).a", "'ab'.ljust(4, '.')", "s[0]",
            "'%x' % 255", "'%+d' % i", "'%e' % f", "'%g' % f", "'%5s|%-5s|' % ('a', 'b')", "'%c' % 'x'", "'%s' % l",
            "'%s' % (l,)", "'%d' % s", "'{:x}'.format(255)", "'{:05d}'.format(i)", "'{:+.1e}'.format(f)", "'{:%}'.format(f)",
            "'a\\tb'.expandtabs(4)", "s.removeprefix('He')", "s.removesuffix('Co')", "(h|safe).upper()", "(h|safe)[1:3]",
            "(h|safe).split('x')", "(h|e).unescape()", "(h|safe).striptags()", "'ß'.upper()", "'ǆ'.title()", "'ΑΣ'.lower()")

    # Statements ------------------------------------------------------------------------------------------

    def tag(self, body):
        left = self.pick("", "", "", "", "-", "+")
        right = self.pick("", "", "", "", "-", "+")
        return "{%" + left + self.pick(" ", " ", "") + body + " " + right + "%}"

    def printed(self):
        left = self.pick("", "", "", "-")
        right = self.pick("", "", "", "-")
        return "{{" + left + " " + self.expression() + " " + right + "}}"

    def data(self):
        return self.pick("", " ", "\n", "a", "<b>", "  ", "x\n", "\n  ", "& ", "text ", "\t", "{ }", "é", "\r\n", "%}")

    def body(self, depth):
        parts = []
        for _ in range(self.r.randint(1, 3)):
            parts.append(self.data())
            parts.append(self.statement(depth) if self.r.random() < 0.5 else self.printed())
        parts.append(self.data())
        return "".join(parts)

    def scoped(self, names, build):
        saved = list(self.locals)
        self.locals += names
        result = build()
        self.locals = saved
        return result

    def statement(self, depth):
        if depth > 3:
            return self.printed()
        kind = self.pick("if", "if", "for", "for", "for", "set", "set", "setblock", "macro", "call", "filter", "with",
                         "autoescape", "comment", "raw", "include", "import", "from", "ns", "block", "loopvar", "do",
                         "recursive", "stars", "nestedcall", "trans", "import2", "nsblock", "filterkw")
        b = lambda: self.body(depth + 1)
        if kind == "if":
            text = self.tag("if " + self.expression()) + b()
            if self.r.random() < 0.3:
                text += self.tag("elif " + self.expression()) + b()
            if self.r.random() < 0.4:
                text += self.tag("else") + b()
            return text + self.tag("endif")
        if kind in ("for", "loopvar"):
            if self.r.random() < 0.25:
                target, source, names = "a, b", self.pick("d|items", "d.items()", "dd|dictsort", "nest", "[[1, 2]]"), ["a", "b"]
            else:
                name = self.pick("a", "q", "v", "i")
                target, source, names = name, self.list(), [name]
            head = f"for {target} in {source}"
            if self.r.random() < 0.2:
                head += " if " + self.scoped(names, lambda: self.expression(2))
            inner = self.scoped(names + ["loop.index", "loop.last", "loop.first", "loop.length", "loop.revindex",
                                         "loop.previtem", "loop.nextitem", "loop.cycle(1, 2)", "loop.changed(i)"]
                                if kind == "loopvar" else names, b)
            if self.r.random() < 0.1:
                inner += self.tag("if " + self.expression(2)) + self.tag(self.pick("break", "continue")) + self.tag("endif")
            text = self.tag(head) + inner
            if self.r.random() < 0.2:
                text += self.tag("else") + b()
            return text + self.tag("endfor")
        if kind == "set":
            name = self.pick("a", "b", "i", "y", "_h")
            text = self.tag(f"set {name} = {self.expression()}")
            self.locals.append(name)
            return text
        if kind == "setblock":
            name = self.pick("a", "y")
            text = self.tag(f"set {name}" + self.pick("", "|upper", "|trim|e")) + b() + self.tag("endset")
            self.locals.append(name)
            return text
        if kind == "macro":
            name = self.pick("mac", "mb")
            params = self.pick("", "a", "a, b=2", "a=i, b=a", "a, kw=none")
            names = re.findall(r"(?:^|, )(\w+)", params)
            inner = self.scoped(names + self.pick([], ["varargs", "kwargs"]), b)
            call = self.pick(f"{name}()", f"{name}(1)", f"{name}(1, b=s)", f"{name}(h, 2)", f"{name}(a=l)", f"{name}(1, 2, 3)")
            return self.tag(f"macro {name}({params})") + inner + self.tag("endmacro") + "{{ " + call + self.pick(
                "", "|upper", "|e", "|length") + " }}"
        if kind == "call":
            return (self.tag("macro cm(q)") + "[{{ q }}{{ caller(" + self.pick("", "1", "q") + ") }}]" + self.tag("endmacro")
                    + self.tag(self.pick("call cm(1)", "call(c) cm(h)", "call(c=2) cm()")) + self.scoped(["c"], b)
                    + self.tag("endcall"))
        if kind == "filter":
            return self.tag("filter " + self.pick("upper", "e", "trim|upper", "replace('a', 'b')", "indent(2)",
                                                  "striptags")) + b() + self.tag("endfilter")
        if kind == "with":
            return self.tag(f"with a = {self.expression()}, b = {self.expression()}") + self.scoped(["a", "b"], b) + self.tag(
                "endwith")
        if kind == "autoescape":
            return self.tag("autoescape " + self.pick("true", "false", "true", "t", "z")) + b() + self.tag("endautoescape")
        if kind == "comment":
            return "{#" + self.pick("", "-") + " c {{ x }} " + self.pick("", "-", "+") + "#}"
        if kind == "raw":
            return "{%" + self.pick("", "-") + " raw " + self.pick("", "-") + "%} {{ x }} {% if %}\n{%" + self.pick(
                "", "-") + " endraw " + self.pick("", "-") + "%}"
        if kind == "include":
            return self.tag(self.pick("include 'inc'", "include ['no', 'inc']",
                                      "include 'none' ignore missing", "include n ~ 'c'", "include 'none'"))
        if kind == "import":
            return self.tag(self.pick("import 'lib' as lib", "import 'lib' as lib with context")) + "{{ lib.m(" + self.pick(
                "", "1", "h", "a=2") + ") }}{{ lib.v }}{{ lib.none }}"
        if kind == "from":
            return self.tag(self.pick("from 'lib' import m", "from 'lib' import m as mm, v with context",
                                      "from 'lib' import zz")) + self.pick("{{ m(1) }}", "{{ mm(h) }}{{ v }}", "{{ zz }}")
        if kind == "ns":
            return (self.tag("set ns = namespace(c=0)") + self.tag("for q in " + self.list()) + self.tag(
                "set ns.c = ns.c + 1") + self.tag("endfor") + "{{ ns.c }}")
        if kind == "recursive":
            source = self.pick("nest", "tree", "[1, [2, [3]], []]", "[d, p]", "tree|reverse", "nest[:2]")
            inner = self.scoped(["k", "loop.depth", "loop.index", "loop.length"], b)
            down = self.pick("k", "k.c", "k.c|default([])", "k if k is iterable else []")
            turn = self.tag("if " + self.pick("k is iterable and k is not string", "k.c", "loop.depth < 3")) + self.pick(
                "({{ loop(" + down + ") }})", "<{{ loop(" + down + ")|upper }}>") + self.tag("endif")
            head = f"for k in {source}" + self.pick("", "", " if k", " if k != 2") + " recursive"
            return self.tag(head) + inner + turn + self.pick("", self.tag("else") + "none") + self.tag("endfor")
        if kind == "stars":
            inner = self.scoped(["x1", "x2"], b) + self.pick("", "{{ varargs }}", "{{ kwargs }}", "{{ varargs|length }}{{ kwargs|dictsort }}")
            calls = ["ms(*l)", "ms(*[1])", "ms(1, *m[:1])", "ms(**{'x1': h})", "ms(*[1], x2=s)", "ms(1, 2, z=3)", "ms(x2=1)",
                     "ms(x1=1, x2=none)", "ms(*[], **{})", "ms(**d)", "ms(1, x1=2)"]
            return (self.tag("macro ms(" + self.pick("x1, x2", "x1=1, x2=x1", "x1, x2=loop", "x1='<', x2=d") + ")") + inner
                    + self.tag("endmacro") + "{{ " + self.pick(*calls) + " }}" + self.pick("", "{{ " + self.pick(*calls) + "|e }}",
                                                                                       "{{ ms.name }}{{ ms.arguments }}"))
        if kind == "nestedcall":
            return (self.tag("macro ma(t)") + "<{{ t }}:{{ caller(t, 2) }}>" + self.tag("endmacro")
                    + self.tag("macro mo()") + self.tag("call(u, v) ma('o')") + "{{ u }}{{ v }}{{ caller() }}" + self.tag("endcall")
                    + self.tag("endmacro") + self.tag("call mo()") + b() + self.tag("endcall"))
        if kind == "trans":
            head = self.pick("trans", "trans trimmed", "trans i", "trans n1=l|length", "trans trimmed n1=i, w=h", "trans s, h")
            names = [name for name in ("i", "n1", "w", "s", "h") if re.search(r"\b" + name + r"\b(?!=\w*\|)", head)]
            said = self.pick("", "\n ", "a ", "100% ", "<b>") + "".join("{{ " + self.r.choice(names) + " }}" for _ in names[:1])
            many = self.tag("pluralize") + "many " + said + self.data() if names and self.r.random() < 0.5 else ""
            return self.tag(head) + said + self.pick("", " x", "\n") + many + self.tag("endtrans")
        if kind == "import2":
            return self.tag(self.pick("import 'lib2' as lb", "import 'lib2' as lb with context")) + self.pick(
                "{{ lb.wrap(1) }}", "{{ lb.wrap(h)|upper }}", "{{ lb.sum(l) }}", "{{ lb.deep(2) }}{{ lb.q }}",
                self.tag("call lb.box('t')") + b() + self.tag("endcall"))
        if kind == "nsblock":
            return (self.tag("set ns = namespace(a=1, d={})") + self.tag("set ns.b" + self.pick("", "|upper", "|trim")) + b()
                    + self.tag("endset") + self.tag("set ns.a, y = " + self.pick("1, 2", "(h, s)", "l[:2]", "'ab'", "d"))
                    + "{{ ns.a }}{{ ns.b|length }}{{ ns.zz }}{{ y }}")
        if kind == "filterkw":
            return self.tag("filter " + self.pick(
                "truncate(length=9, killwords=true)", "truncate(9, end='&', leeway=0)", "wordwrap(width=8, wrapstring='|')",
                "indent(width=3, first=true)", "replace(old='a', new='<')", "urlize(trim_url_limit=5)", "center(width=9)",
                "default(default_value='x', boolean=true)", "e|e", "striptags|upper", "title|trim", "wordcount|string",
                "urlencode|lower", "lower|replace('a', '-')|urlencode", "safe|upper", "string|truncate(7)")) + b() + self.tag("endfilter")
        if kind == "do":
            return self.tag(self.pick("do l.append(9)", "do d.update({'z': 1})", "do m.sort()", "do x.pop()"))
        self.blocks = getattr(self, "blocks", 0) + 1
        name = f"b{self.blocks}"
        saved, self.locals = self.locals, []
        text = self.tag(f"block {name}" + self.pick("", " scoped")) + b() + self.tag("endblock")
        self.locals = saved
        return text

    def case(self, name):
        self.locals, self.blocks = [], 0
        templates = {
            "inc": self.pick("[{{ a }}{{ i }}]", "I{% set i = 9 %}{{ i }}{{ y|default('-') }}", "{{ loop is defined }}", "x\n"),
            "lib2": "{% from 'lib' import m %}{% macro wrap(x) %}[{{ m(x) }}{{ i }}]{% endmacro %}{% macro sum(x) %}"
                    "{% for q in x %}{{ q }}{{ loop.index }}{% endfor %}{% endmacro %}{% macro deep(x) %}{{ x }}{% if x %}"
                    "{{ deep(x - 1) }}{% endif %}{% endmacro %}{% macro box(t) %}<{{ t }}>{{ caller() }}{% endmacro %}"
                    + self.pick("", "{% set q = h %}", "{% set q = wrap(1) %}"),
            "lib": "{% set v = '<v>' %}{% set _p = 1 %}{% macro m(a='d') %}<{{ a }}{{ i }}{{ v }}>{% endmacro %}text",
        }
        main = self.body(0)
        if self.r.random() < 0.25:
            self.locals = []
            templates["base"] = ("H{% block b1 %}base1" + self.printed() + "{% endblock %}|{% block b2 " + self.pick("", "scoped ")
                                 + "%}base2{% endblock %}{{ y|default('') }}" + self.pick("", "{{ self.b1() }}") + "F\n")
            parent = "base"
            if self.r.random() < 0.4:
                parent = "mid"
                templates["mid"] = ("{% extends 'base' %}" + self.pick("", "{% set y = 'mid' %}", "{% macro mac() %}mid{% endmacro %}")
                                    + "{% block b1" + self.pick("", " scoped") + " %}m1" + self.printed() + "{{ super() }}{% endblock %}"
                                    + self.pick("", "{% block b2 %}m2{% block b3 %}m3{% endblock %}{% endblock %}",
                                                "{% block b2 %}{{ self.b1() }}{% endblock %}"))
            main = self.pick("", "{{ 1 }}", "", "{% if t %}") + "{% extends '" + parent + "' %}" + main
            if main.startswith("{% if t"):
                main = main.replace("%}", "%}", 1).replace("' %}", "' %}{% endif %}", 1)
            if self.r.random() < 0.5:
                main = main.replace("endblock", "endblock", 1)
                main = re.sub(r"(\{%[-+]? ?block b1[^%]*%\})", r"\1{{ super() }}", main)
        templates["main"] = main
        case = {"name": name, "templates": templates, "entry": "main", "context": CONTEXT,
                "autoescape": self.r.random() < 0.5, "options": {"extensions": ["do", "loopcontrols", "i18n"]}}
        if self.r.random() < 0.2:
            case["options"]["trim_blocks"] = True
        if self.r.random() < 0.2:
            case["options"]["lstrip_blocks"] = True
        if self.r.random() < 0.2:
            case["options"]["keep_trailing_newline"] = True
        mode = self.pick("", "", "", "", "strict", "chainable", "debug")
        if mode:
            case["options"]["undefined"] = mode
        return case


def place(error):
    """The innermost template and line of a traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name, error.lineno
    found = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if "__jinja_template__" in frame.f_globals or frame.f_code.co_filename.startswith("<tpl:"):
            found = (frame.f_code.co_filename[5:-1], line)
    return found


class Loader(DictLoader):
    def get_source(self, environment, template):
        source, _, uptodate = super().get_source(environment, template)
        return source, f"<tpl:{template}>", uptodate


def expected(case):
    options = case["options"]
    environment = Environment(
        loader=Loader(case["templates"]), autoescape=case["autoescape"],
        undefined=UNDEFINED[options.get("undefined", "")],
        trim_blocks=options.get("trim_blocks", False), lstrip_blocks=options.get("lstrip_blocks", False),
        keep_trailing_newline=options.get("keep_trailing_newline", False),
        extensions=["jinja2.ext." + e for e in options.get("extensions", [])])
    if "i18n" in options.get("extensions", []):
        environment.install_null_translations()
    try:
        output = environment.get_template("main").render(json.loads(json.dumps(case["context"])))
        return {"name": case["name"], "output": output}
    except Exception as error:
        template, line = place(error)
        return {"name": case["name"], "error": {
            "class": type(error).__name__, "message": str(error), "template": template, "line": line}}


def comparable(result):
    if "output" in result:
        text = result["output"]
        return " at 0x" not in text and not re.search(r"\d{19}|<function|<class|<bound|<built-in|Cycler|Joiner", text)
    return result["error"]["class"] not in (
        "AssertionError", "RecursionError", "OverflowError", "UnboundLocalError", "RuntimeError")


def main():
    folder = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    print("seed", seed)
    os.makedirs(folder, exist_ok=True)
    generator = Generator(seed)
    kept = errors = 0
    with open(os.path.join(folder, "cases.jsonl"), "w") as cases, open(os.path.join(folder, "expected.jsonl"), "w") as results:
        for number in range(count):
            case = generator.case(f"random/{seed}-{number}")
            result = expected(case)
            if not comparable(result):
                continue
            kept += 1
            errors += "error" in result
            cases.write(json.dumps(case) + "\n")
            results.write(json.dumps(result) + "\n")
    print(kept, "cases,", errors, "of them errors")


if __name__ == "__main__":
    main()
