/// `/_site/live.js`: listens for events and brings the page up to date.
enum LiveScript {
    /// The script, an ECMAScript module.
    static let text = #"""
        // The preview's part in a page. It is put into pages by `site serve` only and is never published.
        // A page may listen: document.addEventListener("site:updated", …) is told after each update.
        import { morph, needsReload } from "/_site/morph.js";
        import { refreshAssets } from "/_site/assets.js";
        import { hideFindings, showBadge, showFindings, showNote } from "/_site/overlay.js";

        const selector = 'script[src="/_site/live.js"]';
        const tag = document.querySelector(selector);

        // What this page shows: the identity of its bytes, and its document as it was served, when known.
        let shows = tag?.dataset.is ?? "";
        let served = null;

        let source = null;
        let lastEvent = performance.now() > 3000 ? "all" : null;
        let retryDelay = 0;
        let retryTimer = 0;
        let lostTimer = 0;
        let findings = "";

        // Updates run one after the other.
        let work = Promise.resolve();
        function enqueue(step) {
          work = work.then(step).catch((error) => console.debug("site preview:", error));
        }

        // --- the stream of events

        function connect() {
          clearTimeout(retryTimer);
          if (source || document.visibilityState === "hidden") return;
          const query = new URLSearchParams({ page: location.pathname, is: shows });
          if (lastEvent) query.set("since", lastEvent);
          const follows = stored("site-preview-follows");
          if (follows !== null) query.set("follows", follows);
          source = new EventSource("/_site/events?" + query);
          const on = (name, action) =>
            source.addEventListener(name, (event) => {
              lastEvent = event.lastEventId;
              action(JSON.parse(event.data));
            });
          on("hello", (hello) => {
            retryDelay = 0;
            clearTimeout(lostTimer);
            lostTimer = 0;
            showNote("");
            window.sitePreview = "listening";
            heed(hello.findings);
          });
          on("page", (page) => enqueue(() => update(page.is)));
          on("moved", (moved) => location.replace(moved.to));
          on("edited", (edited) => {
            if (document.visibilityState === "visible" && edited.to !== location.pathname) location.assign(edited.to);
          });
          on("assets", (assets) => enqueue(() => refreshAssets(assets.all ? null : assets.paths)));
          on("findings", (event) => heed(event.findings));
          source.addEventListener("error", () => {
            disconnect();
            // Each try names what is shown by then, so nothing is missed; the browser's own retry would not.
            retryDelay = Math.min(5000, Math.max(250, retryDelay * 2));
            retryTimer = setTimeout(connect, retryDelay);
            lostTimer ||= setTimeout(() => showNote("Preview stopped. Waiting for it to come back."), 3000);
          });
        }

        function disconnect() {
          source?.close();
          source = null;
        }

        // Browsers allow six connections to a server, for all tabs together. So a hidden tab gives its stream up
        // when another tab is looked at, and catches up when it is looked at again.
        const tabs = "BroadcastChannel" in window ? new BroadcastChannel("site-preview") : null;
        tabs?.addEventListener("message", () => {
          if (document.visibilityState === "hidden") {
            clearTimeout(retryTimer);
            disconnect();
          }
        });
        function lookedAt() {
          if (document.visibilityState === "hidden") return;
          tabs?.postMessage("looked at");
          retryDelay = 0;
          connect();
        }
        document.addEventListener("visibilitychange", lookedAt);
        window.addEventListener("online", connect);
        window.addEventListener("pageshow", (event) => event.persisted && lookedAt());
        window.addEventListener("pagehide", disconnect);
        window.addEventListener("storage", (event) => {
          if (event.key !== "site-preview-follows") return;
          disconnect();
          connect();
        });

        function stored(key) {
          try {
            return localStorage.getItem(key);
          } catch {
            return null; // A page in a sandbox has no storage.
          }
        }

        // --- the page

        async function update(identity) {
          if (identity && identity === shows) return;
          const address = location.href.split("#")[0];
          served ??= await fromCache(address);
          const response = await fetch(address, { cache: "no-cache" });
          if (response.redirected) return location.replace(response.url);
          if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) return location.reload();
          const text = await response.text();
          let fresh;
          try {
            fresh = parsed(text);
          } catch {
            return location.reload(); // A policy of the page forbids scripts to parse HTML.
          }
          const freshTag = fresh.querySelector(selector);
          if (!freshTag) return location.reload();
          if (freshTag.dataset.is === shows) return;
          const base = served && identityOf(served) === shows ? served : null;
          if (needsReload(base, fresh)) return location.reload();
          morph(base, fresh);
          served = fresh;
          shows = freshTag.dataset.is;
          if (tag) tag.dataset.is = shows;
          showBadge(freshTag.dataset.badge ?? "");
          document.dispatchEvent(new CustomEvent("site:updated"));
        }

        // The page as the browser keeps it from when it was loaded, if it does: the third side of a comparison
        // that tells what the page's own scripts and its reader did from what the site changed.
        async function fromCache(address) {
          try {
            return parsed(await (await fetch(address, { cache: "force-cache" })).text());
          } catch {
            return null;
          }
        }

        function parsed(text) {
          return new DOMParser().parseFromString(text, "text/html");
        }

        function identityOf(page) {
          return page.querySelector(selector)?.dataset.is;
        }

        // --- the findings

        function heed(digest) {
          if (digest === findings) return;
          findings = digest;
          if (!digest) return hideFindings();
          enqueue(async () => {
            try {
              const document = await (await fetch("/_site/findings.json")).json();
              if (findings === digest) showFindings(document, digest);
            } catch (error) {
              // Nothing is shown of these yet: the same digest, which comes with the next connection, is news.
              if (findings === digest) findings = null;
              throw error;
            }
          });
        }

        if (tag && !window.sitePreview) {
          window.sitePreview = true;
          showBadge(tag.dataset.badge ?? "");
          lookedAt();
        }

        """#
}
