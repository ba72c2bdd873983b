/// `/_site/overlay.js`: what the preview shows over a page: errors, a badge, a note.
enum OverlayScript {
    /// The script, an ECMAScript module.
    static let text = #"""
        // Everything stands in a shadow tree beside <body>: the page's styles do not reach it, nor its own the
        // page. The style is set through the CSSOM, which a page's policy allows. All text is set as text.

        let root = null;
        let dismissed = "";

        function shadow() {
          if (root) return root;
          const host = document.createElement("site-preview");
          host.setAttribute("data-site-preview", "");
          root = host.attachShadow({ mode: "open" });
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(style);
          root.adoptedStyleSheets = [sheet];
          document.documentElement.append(host);
          return root;
        }

        function element(name, className, text, ...children) {
          const made = document.createElement(name);
          if (className) made.className = className;
          if (text !== undefined && text !== null) made.textContent = text;
          made.append(...children);
          return made;
        }

        function replace(id, next) {
          if (!next && !root) return;
          shadow().getElementById(id)?.remove();
          if (!next) return;
          next.id = id;
          shadow().append(next);
        }

        // "draft", "scheduled": why `site build` would leave the page out; "" for nothing.
        export function showBadge(text) {
          if (window.top !== window) return;
          if (!text) return replace("badge", null);
          const badge = element("a", "", text);
          badge.href = "/_site/";
          badge.title = "Not published by site build. Open the preview's dashboard.";
          replace("badge", badge);
        }

        // A sentence about the preview itself; "" for none.
        export function showNote(text) {
          if (window.top !== window) return;
          const note = text ? element("p", "", text) : null;
          note?.setAttribute("role", "status");
          replace("note", note);
        }

        export function hideFindings() {
          replace("findings", null);
          replace("reopen", null);
        }

        // `findings` as /_site/findings.json has them; `digest` stands for them.
        export function showFindings(findings, digest) {
          if (window.top !== window) return;
          hideFindings();
          const title = findings.count === 1 ? "1 error" : `${findings.count} errors`;
          const panel = element("section");
          panel.setAttribute("aria-label", title);
          const close = element("button", "close", "Dismiss");
          close.type = "button";
          const dismiss = () => {
            dismissed = digest;
            hideFindings();
            const reopen = element("button", "", title);
            reopen.type = "button";
            reopen.addEventListener("click", () => {
              dismissed = "";
              showFindings(findings, digest);
            });
            replace("reopen", reopen);
          };
          close.addEventListener("click", dismiss);
          panel.addEventListener("keydown", (event) => event.key === "Escape" && dismiss());
          const heading = element("h1", "", title);
          heading.setAttribute("role", "alert");
          const dashboard = element("a", "", "Dashboard");
          dashboard.href = "/_site/";
          panel.append(element("header", "", null, heading, dashboard, close));
          if (!document.querySelector("div.plain[data-site-own]")) {
            panel.append(element("p", "aside", "Behind this is the page as it was last built without errors."));
          }
          const list = element("ol");
          for (const error of findings.errors) list.append(item(error));
          panel.append(list);
          if (findings.count > findings.errors.length) {
            panel.append(element("p", "aside", `and ${findings.count - findings.errors.length} more`));
          }
          replace("findings", panel);
          if (dismissed === digest) dismiss();
        }

        function item(error) {
          const made = element("li");
          made.append(element("p", "message", error.message, element("code", "code", error.code)));
          if (error.path) made.append(element("p", "place", null, place(error)));
          if (error.excerpt) made.append(excerpt(error));
          if (error.hint) made.append(element("p", "hint", "hint: " + error.hint));
          for (const note of error.notes) {
            const line = element("p", "note", note.message);
            if (note.path) line.append(" · ", place(note));
            made.append(line);
            if (note.excerpt) made.append(excerpt(note));
          }
          return made;
        }

        function place(finding) {
          const text = `${finding.path}:${finding.line}:${finding.column}`;
          // The scheme comes from the configuration; one that would run here is no editor's.
          if (!/^(?!javascript:|data:|blob:)[a-z][a-z0-9+.-]*:/i.test(finding.editor ?? "")) {
            return element("span", "", text);
          }
          const link = element("a", "", text);
          link.href = finding.editor;
          link.title = "Open in the editor";
          return link;
        }

        function excerpt(finding) {
          // Columns count code points, as an array of the string does.
          const characters = Array.from(finding.excerpt);
          const start = Math.max(0, finding.excerptColumn - 1);
          const length = Math.max(1, Math.min(finding.length, characters.length - start));
          const gutter = String(finding.line);
          const blank = " ".repeat(gutter.length);
          const indent = characters.slice(0, start).map((character) => (character === "\t" ? "\t" : " ")).join("");
          const block = element("pre");
          block.append(
            element("span", "gutter", `${gutter} | `),
            characters.slice(0, start).join(""),
            element("mark", "", characters.slice(start, start + length).join("")),
            characters.slice(start + length).join(""),
            "\n",
            element("span", "gutter", `${blank} | `),
            indent,
            element("span", "caret", "^".repeat(length)),
          );
          return block;
        }

        const style = `
          :host { all: initial; }
          * { box-sizing: border-box; }
          #findings, #badge, #note, #reopen {
            --ground: #fffdfb; --text: #26221f; --soft: #6d655e; --line: #e4dbd3; --error: #b3261e;
            --link: #0b57a4; --mark: #ffdcd6; --code: #f5f0ea;
            position: fixed; z-index: 2147483647; color: var(--text); background: var(--ground);
            font: 15px/1.5 system-ui, sans-serif; color-scheme: light dark;
          }
          @media (prefers-color-scheme: dark) {
            #findings, #badge, #note, #reopen {
              --ground: #211e1c; --text: #ece6e0; --soft: #a89f96; --line: #45403b; --error: #ff8a7d;
              --link: #8ec4ff; --mark: #6b2620; --code: #2d2926;
            }
          }
          #findings {
            inset: auto 0 0 0; max-height: 75vh; overflow: auto; overscroll-behavior: contain;
            padding: 0 max(16px, calc(50vw - 480px)) 20px; border-top: 4px solid var(--error);
            box-shadow: 0 -8px 40px rgb(0 0 0 / 0.3);
          }
          header {
            position: sticky; top: 0; display: flex; gap: 16px; align-items: baseline; padding: 12px 0 8px;
            background: var(--ground);
          }
          h1 { flex: 1; margin: 0; font-size: 18px; color: var(--error); }
          a { color: var(--link); text-underline-offset: 2px; overflow-wrap: anywhere; }
          p { margin: 4px 0; }
          .aside { color: var(--soft); font-size: 13px; }
          ol { list-style: none; margin: 0; padding: 0; }
          li { padding: 14px 0; border-top: 1px solid var(--line); }
          ol > :first-child { border-top: 0; }
          .message { font-weight: 600; overflow-wrap: anywhere; }
          .code { margin-left: 10px; font: 12px ui-monospace, monospace; color: var(--soft); }
          .place, pre { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
          pre {
            margin: 8px 0; padding: 10px 12px; overflow-x: auto; background: var(--code); border-radius: 6px;
            tab-size: 4;
          }
          .gutter { color: var(--soft); user-select: none; }
          .caret { color: var(--error); font-weight: 700; }
          mark { background: var(--mark); color: inherit; border-radius: 2px; }
          .hint { color: var(--text); }
          .note { color: var(--soft); font-size: 14px; }
          button {
            font: inherit; font-size: 14px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px;
            color: inherit; background: var(--code); cursor: pointer;
          }
          :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
          #badge, #note, #reopen {
            left: 12px; bottom: 12px; margin: 0; padding: 3px 12px; border: 1px solid var(--line);
            border-radius: 999px; font-size: 13px; text-decoration: none; box-shadow: 0 2px 10px rgb(0 0 0 / 0.2);
          }
          #badge { color: #3d2b00; background: #ffd76a; border-color: #c99a1a; font-weight: 600; }
          #badge::first-letter { text-transform: uppercase; }
          #note { bottom: 52px; max-width: calc(100vw - 24px); }
          #reopen { left: auto; right: 12px; color: var(--error); font-weight: 600; }
          @media print { #findings, #badge, #note, #reopen { display: none; } }
        `;

        """#
}
