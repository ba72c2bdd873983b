import Serve
import TestSupport
import Testing
import Text

/// The change of one page into another, whatever the two are.
extension BrowserTests {
    /// The property of the morph: whatever the two versions are, what was served before becomes what is served
    /// now, with and without knowledge of what was served; and what a script added stays.
    @Test func anyPageBecomesAnyOther() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.page("x"))
        let tab = try stage.open("/a/")
        let seed = UInt32.random(in: 1...UInt32.max)
        let result = try tab.text(
            """
            (async () => {
              const { morph } = await import("/_site/morph.js");
              let state = \(seed);
              const below = (bound) => {
                state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
                return (state >>> 0) % bound;
              };
              const names = ["p", "div", "ul", "li", "b", "a", "details", "section", "svg", "template", "textarea"];
              const tree = (depth) => {
                let html = "";
                for (let count = below(6); count > 0; count -= 1) {
                  if (below(3) === 0) html += ["one ", "two ", " ", "<!--c-->", "&amp;"][below(5)];
                  const name = names[below(names.length)];
                  let tag = name;
                  if (below(4) === 0) tag += ` id=i${below(5)}`;
                  if (below(4) === 0) tag += ` class=c${below(3)} data-x="${below(3)}"`;
                  if (name === "svg" && below(2)) tag += ' xlink:href="#x" viewBox="0 0 1 1"';
                  html += `<${tag}>${name === "textarea" ? below(9) : depth ? tree(depth - 1) : "leaf"}</${name}>`;
                }
                return html;
              };
              const mutated = (html) => {
                let next = html;
                for (let count = below(4); count > 0; count -= 1) {
                  const place = next.indexOf("<", below(next.length + 1));
                  if (place >= 0 && !next.startsWith("</", place)) {
                    next = next.slice(0, place) + (below(2) ? "<p>new</p>" : "text") + next.slice(place);
                  }
                }
                return below(5) ? next : tree(2);
              };
              // The order of attributes is of no account; what templates hold, is.
              const held = (page) => [...page.querySelectorAll("template")].map((one) => one.innerHTML).join("\\n");
              const isEqual = (live, fresh) =>
                live.documentElement.isEqualNode(fresh.documentElement) && held(live) === held(fresh);
              const difference = (live, fresh) => {
                const [a, b] = [live.documentElement.outerHTML, fresh.documentElement.outerHTML];
                let place = 0;
                while (place < a.length && a[place] === b[place]) place += 1;
                return [a.slice(place - 60, place + 90), b.slice(place - 60, place + 90)];
              };
              const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
              for (let round = 0; round < 100; round += 1) {
                const before = "<title>a</title><body>" + tree(2);
                const after = `<html lang=l${below(2)}><title>${below(2)}</title><body class=b${below(2)}>`
                  + mutated(before.slice(22));
                const fresh = parsed(after);
                for (const base of [parsed(before), null]) {
                  const live = parsed(before);
                  morph(base, fresh, live);
                  if (!isEqual(live, fresh)) {
                    return JSON.stringify({ round, known: !!base, got: difference(live, fresh) });
                  }
                }
                const live = parsed(before);
                live.body.insertAdjacentHTML("beforeend", "<output>added</output>");
                live.documentElement.classList.add("added");
                morph(parsed(before), fresh, live);
                if (live.querySelectorAll("output").length !== 1 || live.documentElement.className !== "added") {
                  return JSON.stringify({ round, lost: true, got: difference(live, fresh) });
                }
                live.querySelector("output").remove();
                live.documentElement.removeAttribute("class");
                if (!isEqual(live, fresh)) {
                  return JSON.stringify({ round, beside: true, got: difference(live, fresh) });
                }
              }
              return "";
            })()
            """)
        #expect(result == "", "seed \(seed)")
    }

    /// A formula that a script has set, code that one has coloured: the new text stands alone.
    @Test func whatAScriptMadeOfATextGoesWithTheText() throws {
        let stage = try Stage()
        defer { stage.server.close() }
        stage.site.set("a/index.html", Self.page("x"))
        let tab = try stage.open("/a/")
        let result = try tab.text(
            """
            (async () => {
              const { morph } = await import("/_site/morph.js");
              const page = (formula, code, beside) => new DOMParser().parseFromString(
                `<p>A <span>${formula}</span>.</p><pre><code>${code}</code></pre><p>${beside}</p>`, "text/html");
              const live = page("a_1", "let x", "one");
              live.querySelector("span").innerHTML = "<i>R</i>";
              live.querySelector("code").innerHTML = "let <b>x</b>";
              live.querySelector("p:last-child").insertAdjacentHTML("beforeend", "<output>kept</output>");
              morph(page("a_1", "let x", "one"), page("a_2", "let y", "two"), live);
              return live.body.innerHTML;
            })()
            """)
        #expect(
            result
                == "<p>A <span>a_2</span>.</p><pre><code>let y</code></pre><p>two<output>kept</output></p>")
    }
}
