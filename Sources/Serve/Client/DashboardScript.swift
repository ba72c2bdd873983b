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
