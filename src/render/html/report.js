// What the page can do more where scripts run: copy commands, open what a link
// leads to, and open everything for the printer. Without it all of the text is
// there.
"use strict";
(() => {
  const said = document.getElementById("said");

  // Where there is no navigator.clipboard, or it refuses.
  const copyByHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "off";
    area.setAttribute("aria-hidden", "true");
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    area.remove();
    if (before) {
      before.focus();
    }
    return done;
  };

  const copy = async (text) => {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return copyByHand(text);
      }
    }
    return copyByHand(text);
  };

  const addButton = (block) => {
    const text = block.textContent;
    const frame = document.createElement("div");
    frame.className = "copyable";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the command " + text);
    button.addEventListener("click", async () => {
      const done = await copy(text);
      button.textContent = done ? "Copied" : "Failed";
      // Emptied first, so that the same words are read out again.
      said.textContent = "";
      setTimeout(() => {
        said.textContent = done ? "Copied to the clipboard"
          : "The browser does not let this page copy";
      }, 50);
      setTimeout(() => {
        button.textContent = "Copy";
      }, 2000);
    });
    block.replaceWith(frame);
    frame.append(block, button);
  };

  // What is closed gets its buttons when it is opened: there may be thousands.
  const addButtons = (within) => {
    for (const block of within.querySelectorAll(":not(.copyable) > .command")) {
      if (!block.closest("details:not([open])")) {
        addButton(block);
      }
    }
  };
  addButtons(document);
  document.addEventListener("toggle", (event) => addButtons(event.target),
    true);

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") {
        at.open = true;
      }
    }
    if (target) {
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  if (location.hash) {
    reveal();
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) {
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of opened) {
      details.open = false;
    }
  });
})();
