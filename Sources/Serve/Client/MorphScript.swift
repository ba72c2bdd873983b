/// `/_site/morph.js`: turns the page that is shown into a new version of itself, in place.
enum MorphScript {
    /// The script, an ECMAScript module.
    static let text = #"""
        // Three trees: `base` is the page as it was served, `fresh` as it is served now, `live` what base became
        // in the hands of scripts and the reader. What differs between base and fresh is done to live; the rest
        // of live is left alone: open <details>, typed text, classes and nodes that scripts added. Without base,
        // live stands in for it, and only what readers change is spared.

        // Whether the new page can only be had by loading it: scripts would have to run, or a policy to change.
        export function needsReload(base, fresh) {
          const before = acts(base ?? document);
          const after = acts(fresh);
          return base
            ? before.length !== after.length || before.some((act, index) => act !== after[index])
            : after.some((act) => !before.includes(act));
        }

        function acts(page) {
          const list = [];
          for (const script of page.querySelectorAll("script")) {
            if (isOurs(script)) continue;
            const type = script.type.toLowerCase();
            if (type && !/^(module|importmap|(text|application)\/(x-)?(java|ecma)script)$/.test(type)) continue;
            list.push(["script", type, script.getAttribute("src") ?? script.textContent].join("\n"));
          }
          for (const meta of page.querySelectorAll("meta[http-equiv], base")) list.push(meta.outerHTML);
          for (const root of page.querySelectorAll("template[shadowrootmode]")) list.push(root.outerHTML);
          return list;
        }

        export function morph(base, fresh, live = document) {
          morphElement(live.documentElement, base?.documentElement ?? null, fresh.documentElement);
        }

        // What the preview itself put into the page.
        function isOurs(node) {
          return (
            node.nodeType === Node.ELEMENT_NODE &&
            (node.hasAttribute("data-site-preview") ||
              (node.localName === "script" && (node.getAttribute("src") ?? "").startsWith("/_site/")))
          );
        }

        function isSame(a, b) {
          if (!a.isEqualNode(b)) return false;
          // What a template holds is no child of it.
          const hasTemplate = a.localName === "template" || a.querySelector?.("template");
          return !hasTemplate || a.outerHTML === b.outerHTML;
        }

        function morphNode(live, base, fresh) {
          if (fresh.nodeType === Node.ELEMENT_NODE) return morphElement(live, base, fresh);
          if ((base ?? live).data !== fresh.data) live.data = fresh.data;
        }

        function morphElement(live, base, fresh) {
          if (base && isSame(base, fresh)) return;
          morphAttributes(live, base, fresh);
          switch (fresh.localName) {
            case "noscript":
              // Text where scripts run, elements where they do not, as in a parsed document.
              if (live.textContent !== fresh.innerHTML) live.textContent = fresh.innerHTML;
              return;
            case "template":
              if (live.innerHTML !== fresh.innerHTML) live.innerHTML = fresh.innerHTML;
              return;
            case "script":
            case "style":
            case "textarea":
              if ((base ?? live).textContent !== fresh.textContent) live.textContent = fresh.textContent;
              return;
            default:
              morphChildren(live, base, fresh);
          }
        }

        function morphAttributes(live, base, fresh) {
          const before = base ?? live;
          const isSpared = (name) => !base && isReaders(live, name);
          for (const { name, value, namespaceURI } of fresh.attributes) {
            if (before.getAttribute(name) === value || isSpared(name)) continue;
            live.setAttributeNS(namespaceURI, name, value);
          }
          for (const { name } of [...before.attributes]) {
            if (!fresh.hasAttribute(name) && !isSpared(name)) live.removeAttribute(name);
          }
        }

        // Whether an attribute is changed by whoever reads the page.
        function isReaders(element, name) {
          if (name === "open") return element.localName === "details" || element.localName === "dialog";
          return name === "checked" || name === "selected" || (name === "value" && element.localName === "input");
        }

        function morphChildren(live, base, fresh) {
          const liveNodes = [...live.childNodes].filter((node) => !isOurs(node));
          const freshNodes = [...fresh.childNodes].filter((node) => !isOurs(node));
          const liveOf = new Map(); // of a fresh node
          const baseOf = new Map(); // of a fresh node
          const kept = new Set(); // live nodes that stay
          const absent = new Set(); // fresh nodes whose elders a script took away
          if (base) {
            const baseNodes = [...base.childNodes].filter((node) => !isOurs(node));
            const places = new Map(paired(baseNodes, liveNodes));
            if (isRemade(baseNodes, liveNodes, places)) {
              // A formula that was set, code that was coloured: the new text stands for all that was made of the old one.
              for (const node of liveNodes) node.remove();
              for (const node of freshNodes) live.append(live.ownerDocument.importNode(node, true));
              return;
            }
            const made = new Set(places.values());
            for (const node of liveNodes) if (!made.has(node)) kept.add(node);
            for (const [elder, node] of paired(baseNodes, freshNodes)) {
              baseOf.set(node, elder);
              if (places.has(elder)) liveOf.set(node, places.get(elder));
              else if (isSame(elder, node)) absent.add(node);
            }
          } else {
            for (const [node, freshNode] of paired(liveNodes, freshNodes)) liveOf.set(freshNode, node);
          }
          for (const node of liveOf.values()) kept.add(node);

          const leaving = liveNodes.filter((node) => !kept.has(node));
          const arriving = [];
          let last = null; // the node after which the next belongs
          for (const node of freshNodes) {
            if (absent.has(node)) continue;
            let place = liveOf.get(node);
            if (place) {
              morphNode(place, baseOf.get(node) ?? null, node);
            } else {
              place = live.ownerDocument.importNode(node, true);
              live.insertBefore(place, last ? last.nextSibling : live.firstChild);
              arriving.push(place);
            }
            last = place;
          }
          depart(leaving, arriving);
        }

        // Whether a script has put something else in the place of all that was served: nothing of it is there, or elements are
        // where there was text alone.
        function isRemade(baseNodes, liveNodes, places) {
          const served = baseNodes.filter(isSignificant);
          if (!served.length) return false;
          if (!served.some((node) => places.has(node))) return liveNodes.some(isSignificant);
          return (
            served.every((node) => node.nodeType === Node.TEXT_NODE) &&
            liveNodes.some((node) => node.nodeType === Node.ELEMENT_NODE) &&
            !served.every((node) => places.get(node)?.data === node.data)
          );
        }

        function isSignificant(node) {
          return node.nodeType === Node.ELEMENT_NODE || (node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
        }

        // Takes nodes away; old style sheets only when the new ones are there, so that the page never shows bare.
        function depart(leaving, arriving) {
          const coming = arriving.filter(isSheet).map(
            (sheet) =>
              new Promise((resolve) => {
                sheet.addEventListener("load", resolve);
                sheet.addEventListener("error", resolve);
                setTimeout(resolve, 2000);
              }),
          );
          const waiting = coming.length ? leaving.filter(isSheet) : [];
          for (const node of leaving) if (!waiting.includes(node)) node.remove();
          if (waiting.length) Promise.all(coming).then(() => waiting.forEach((node) => node.remove()));
        }

        function isSheet(node) {
          return node.localName === "link" && node.relList.contains("stylesheet");
        }

        // --- which node is which

        // Pairs of nodes of two lists, in order: the heaviest common subsequence.
        function paired(left, right) {
          const pairs = [];
          let start = 0;
          let leftEnd = left.length;
          let rightEnd = right.length;
          while (start < leftEnd && start < rightEnd && left[start].isEqualNode(right[start])) {
            pairs.push([left[start], right[start]]);
            start += 1;
          }
          const tail = [];
          while (leftEnd > start && rightEnd > start && left[leftEnd - 1].isEqualNode(right[rightEnd - 1])) {
            leftEnd -= 1;
            rightEnd -= 1;
            tail.push([left[leftEnd], right[rightEnd]]);
          }
          const a = left.slice(start, leftEnd);
          const b = right.slice(start, rightEnd);
          pairs.push(...(a.length * b.length > 250000 ? greedy(a, b) : heaviest(a, b)));
          return pairs.concat(tail.reverse());
        }

        function heaviest(a, b) {
          const aText = a.map(textOf);
          const bText = b.map(textOf);
          const width = b.length + 1;
          const best = new Float64Array((a.length + 1) * width);
          for (let i = a.length - 1; i >= 0; i -= 1) {
            for (let j = b.length - 1; j >= 0; j -= 1) {
              const weight = likeness(a[i], b[j], aText[i] === bText[j]);
              const both = weight ? weight + best[(i + 1) * width + j + 1] : 0;
              best[i * width + j] = Math.max(both, best[(i + 1) * width + j], best[i * width + j + 1]);
            }
          }
          const pairs = [];
          let i = 0;
          let j = 0;
          while (i < a.length && j < b.length) {
            const value = best[i * width + j];
            const weight = likeness(a[i], b[j], aText[i] === bText[j]);
            if (weight && value === weight + best[(i + 1) * width + j + 1]) pairs.push([a[i++], b[j++]]);
            else if (value === best[(i + 1) * width + j]) i += 1;
            else j += 1;
          }
          return pairs;
        }

        function greedy(a, b) {
          const pairs = [];
          let from = 0;
          for (const node of b) {
            for (let index = from; index < Math.min(a.length, from + 32); index += 1) {
              if (!likeness(a[index], node, false)) continue;
              pairs.push([a[index], node]);
              from = index + 1;
              break;
            }
          }
          return pairs;
        }

        function textOf(node) {
          return node.outerHTML ?? node.data;
        }

        // How much two nodes are worth as a pair; 0 when one cannot become the other. The weights are sums of
        // powers of two, so that sums of them are exact.
        function likeness(a, b, isEqual) {
          if (a.nodeType !== b.nodeType || a.nodeName !== b.nodeName) return 0;
          if (a.nodeType !== Node.ELEMENT_NODE) return a.data.trim() === "" ? 0.25 : isEqual ? 2 : 0.5;
          if (a.id !== b.id) return 0;
          if (a.localName === "link" && address(a) !== address(b)) return 0;
          if (a.localName === "input" && (a.type !== b.type || a.name !== b.name)) return 0;
          return isEqual ? 8 : a.id ? 4 : 2;
        }

        // What a link leads to, less what assets.js adds.
        function address(link) {
          return (link.getAttribute("href") ?? "").replace(/[?&]site-preview=\d+/, "");
        }

        """#
}
