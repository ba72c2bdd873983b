/// `/_site/dashboard.js`: what the dashboard does beyond HTML. It works without.
enum DashboardScript {
    /// The script, an ECMAScript module.
    static let text = #"""
        // Results while typing: the page that the form would load, of which only the results are taken.
        const field = document.querySelector("#search input");
        let asked = 0;
        field?.addEventListener("input", async () => {
          const number = (asked += 1);
          const address = field.value.trim() ? "/_site/?q=" + encodeURIComponent(field.value) : "/_site/";
          const text = await (await fetch(address)).text();
          if (number !== asked) return; // An answer to an older question.
          const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#results");
          document.querySelector("#results")?.replaceWith(document.adoptNode(fresh));
          history.replaceState(null, "", address);
        });

        // After each rebuild the same page again, of which everything is taken but the field one may be typing in.
        let source = null;
        function listen() {
          if (source || document.visibilityState === "hidden") return;
          source = new EventSource("/_site/events?page=/_site/");
          // Something may have been rebuilt since this page was made, or while the preview was away.
          source.addEventListener("hello", refresh);
          source.addEventListener("rebuilt", refresh);
        }
        document.addEventListener("visibilitychange", () => {
          if (document.visibilityState === "hidden") {
            // Browsers allow six connections to a server, for all tabs together.
            source?.close();
            source = null;
          } else {
            listen();
            refresh();
          }
        });
        let refreshing = null;
        let isStale = false;
        async function refresh() {
          isStale = true;
          if (refreshing) return;
          while (isStale) {
            isStale = false;
            const address = location.href;
            refreshing = fetch(address).then((answer) => answer.text());
            try {
              const text = await refreshing;
              // Somebody searched meanwhile: what came is the answer to an older question.
              if (address === location.href) take(new DOMParser().parseFromString(text, "text/html"));
              else isStale = true;
            } catch {
              break; // It is gone; the stream comes back when it does.
            } finally {
              refreshing = null;
            }
          }
        }
        function take(fresh) {
          const main = document.querySelector("main");
          const pages = main?.querySelector("#pages");
          const freshPages = fresh.querySelector("#pages");
          if (!pages || !freshPages) return;
          const open = new Set([...main.querySelectorAll("details[open]")].map((one) => one.id));
          const kept = [...main.children].filter((one) => one !== pages);
          for (const one of kept) one.remove();
          for (const one of [...fresh.querySelector("main").children]) {
            if (one === freshPages) continue;
            const isBefore = one.compareDocumentPosition(freshPages) & Node.DOCUMENT_POSITION_FOLLOWING;
            main.insertBefore(document.adoptNode(one), isBefore ? pages : null);
          }
          for (const id of open) document.getElementById(id)?.setAttribute("open", "");
          const results = freshPages.querySelector("#results");
          if (results) document.querySelector("#results")?.replaceWith(document.adoptNode(results));
        }
        listen();

        // Whether this browser goes to the page whose source is being edited; live.js reads it.
        const key = "site-preview-follows";
        const box = document.querySelector("#follows");
        if (box) {
          box.parentElement.hidden = false;
          const chosen = localStorage.getItem(key);
          if (chosen !== null) box.checked = chosen === "1";
          box.addEventListener("change", () => localStorage.setItem(key, box.checked ? "1" : "0"));
        }

        """#
}
