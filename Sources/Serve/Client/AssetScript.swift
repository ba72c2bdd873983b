/// `/_site/assets.js`: style sheets and images that changed, without loading the page again.
enum AssetScript {
    /// The script, an ECMAScript module.
    static let text = #"""
        // A changed file is asked for under its address with a number added, so that no cache answers.
        let count = 0;

        // Brings what the page uses of some files up to date: `paths` are URL paths, null stands for any file.
        export function refreshAssets(paths) {
          count += 1;
          const wanted = paths && new Set(paths.map(decoded));
          const handled = new Set();
          const isHit = (address) => {
            const url = local(address);
            if (!url || (wanted && !wanted.has(decoded(url.pathname)))) return false;
            handled.add(decoded(url.pathname));
            return true;
          };
          for (const link of document.querySelectorAll('link[rel~="stylesheet"][href], link[rel~="icon"][href]')) {
            if (isHit(link.href) || imports(link.sheet, isHit)) swap(link);
          }
          refreshImages(isHit);
          for (const sheet of document.styleSheets) refreshRules(rulesOf(sheet), isHit);
          // Other things that the page has loaded of them (scripts, fonts) it can only load anew. What its
          // scripts asked for themselves is their affair: a search page keeps its words when the index changes.
          const isMissed = ({ name, initiatorType }) => {
            const path = initiatorType === "fetch" || initiatorType === "xmlhttprequest" ? null : local(name)?.pathname;
            return path && wanted.has(decoded(path)) && !handled.has(decoded(path));
          };
          if (wanted && performance.getEntriesByType("resource").some(isMissed)) location.reload();
        }

        function local(address) {
          try {
            const url = new URL(address, document.baseURI);
            return url.origin === location.origin ? url : null;
          } catch {
            return null;
          }
        }

        function decoded(path) {
          try {
            return decodeURIComponent(path);
          } catch {
            return path;
          }
        }

        function renewed(address) {
          const url = local(address);
          if (!url) return address;
          url.searchParams.set("site-preview", count);
          return url.pathname + url.search + url.hash;
        }

        // Puts the new sheet beside the old one and takes the old one away when the new one is there.
        function swap(link) {
          const next = link.cloneNode();
          next.href = renewed(link.href);
          const done = () => link.remove();
          next.addEventListener("load", done);
          next.addEventListener("error", done);
          if (!link.relList.contains("stylesheet")) done();
          link.after(next);
          if (!next.isConnected) document.head.append(next);
        }

        function rulesOf(sheet) {
          try {
            return sheet?.cssRules ?? [];
          } catch {
            return []; // Another site's.
          }
        }

        function imports(sheet, isHit) {
          for (const rule of rulesOf(sheet)) {
            if (!(rule instanceof CSSImportRule)) continue;
            const base = sheet.href ?? document.baseURI;
            if (isHit(new URL(rule.href, base).href) || imports(rule.styleSheet, isHit)) return true;
          }
          return false;
        }

        function refreshImages(isHit) {
          const attributes = { src: "img, input[type=image], video, audio, source, embed", poster: "video" };
          for (const [name, selector] of Object.entries(attributes)) {
            for (const element of document.querySelectorAll(selector)) {
              const address = element.getAttribute(name);
              if (address && isHit(address)) element.setAttribute(name, renewed(address));
            }
          }
          for (const element of document.querySelectorAll("img[srcset], source[srcset]")) {
            const candidates = element.getAttribute("srcset").split(/,\s+/).map((candidate) => {
              const [address, ...rest] = candidate.trim().split(/\s+/);
              return [isHit(address) ? renewed(address) : address, ...rest].join(" ");
            });
            const srcset = candidates.join(", ");
            if (srcset.includes("site-preview=" + count)) element.setAttribute("srcset", srcset);
          }
          for (const image of document.querySelectorAll("svg image[href]")) {
            if (isHit(image.getAttribute("href"))) image.setAttribute("href", renewed(image.getAttribute("href")));
          }
        }

        // Images that style rules show.
        function refreshRules(rules, isHit) {
          for (const rule of rules) {
            if (rule.cssRules) refreshRules(rule.cssRules, isHit);
            if (!(rule instanceof CSSStyleRule) || !rule.cssText.includes("url(")) continue;
            const base = rule.parentStyleSheet?.href ?? document.baseURI;
            for (const name of [...rule.style]) {
              const value = rule.style.getPropertyValue(name);
              if (!value.includes("url(")) continue;
              const next = value.replace(/url\("([^"]*)"\)/g, (whole, address) => {
                const absolute = new URL(address, base).href;
                return isHit(absolute) ? `url("${renewed(absolute)}")` : whole;
              });
              if (next !== value) rule.style.setProperty(name, next, rule.style.getPropertyPriority(name));
            }
          }
        }

        """#
}
