/// `/_site/dashboard.css`: how the dashboard and the preview's own pages look.
enum DashboardStyle {
    /// The style sheet.
    static let text = """
        :root {
          color-scheme: light dark;
          --ground: #fbf9f6; --card: #fff; --text: #26221f; --soft: #6b635c; --line: #e6dfd7; --link: #0b57a4;
          --error: #b3261e; --warning: #8a5a00; --code: #f5f0ea; --badge: #ffe9ad; --mark: #ffdcd6;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #181614; --card: #211e1c; --text: #ece6e0; --soft: #a89f96; --line: #3a3531; --link: #8ec4ff;
            --error: #ff8a7d; --warning: #f0b95c; --code: #2d2926; --badge: #54430f; --mark: #6b2620;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
        header, main { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-top: 1.75rem; }
        header h1 { flex: 1 1 auto; margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .6rem; font-size: 1.05rem; }
        a { color: var(--link); text-underline-offset: 2px; }
        section { margin: 1.25rem 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line);
          border-radius: 10px; }
        .counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 1rem; padding: 0;
          background: none; border: 0; margin: 1.25rem 0 0; }
        .counts div { padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        .counts dt { color: var(--soft); font-size: .85rem; }
        .counts dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
        ul.pages { list-style: none; margin: 0; padding: 0; }
        ul.pages li { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; padding: .35rem 0;
          border-top: 1px solid var(--line); }
        ul.pages li:first-child { border-top: 0; }
        ul.pages li > :first-child { flex: 1 1 16rem; overflow-wrap: anywhere; }
        .soft { color: var(--soft); font-size: .88rem; }
        .badge { padding: 0 .55rem; border-radius: 99px; background: var(--badge); font-size: .8rem; }
        .error { color: var(--error); font-weight: 600; }
        .warning { color: var(--warning); font-weight: 600; }
        .finding { padding: .7rem 0; border-top: 1px solid var(--line); }
        .finding:first-of-type { border-top: 0; }
        .finding p { margin: .15rem 0; overflow-wrap: anywhere; }
        pre, code { font: .84rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
        pre { margin: .5rem 0; padding: .65rem .8rem; overflow-x: auto; background: var(--code); border-radius: 6px;
          tab-size: 4; }
        pre.why { white-space: pre-wrap; overflow-wrap: anywhere; }
        form { display: flex; gap: .6rem; }
        label { font-size: .9rem; }
        input[type=search] { flex: 1; min-width: 0; font: inherit; padding: .45rem .75rem; color: inherit;
          background: var(--ground); border: 1px solid var(--line); border-radius: 8px; }
        button { font: inherit; padding: .45rem 1rem; color: inherit; background: var(--code); cursor: pointer;
          border: 1px solid var(--line); border-radius: 8px; }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        #results { margin-top: .9rem; }
        .plain { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.25rem; }

        """
}
