// A text box that offers names while a person types: the combobox pattern of the ARIA Authoring Practices.
// accessible-autocomplete writes style attributes, which the content security policy forbids.
// data-suggest-several: names with commas between them; data-suggest-fills: another box of the form, which
// takes what the suggestion knows of it unless something was typed there.

const WAIT = 200;
const LEAST = 2;
let made = 0;

export function suggest(input) {
  const number = (made += 1);
  const wrapper = document.createElement("div");
  wrapper.className = "ir-suggest";
  input.replaceWith(wrapper);

  const list = document.createElement("ul");
  list.id = `suggest-${number}`;
  list.className = "ir-suggest__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;

  const status = document.createElement("p");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");

  wrapper.append(input, list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const several = "suggestSeveral" in input.dataset;
  const fills = input.form?.elements[input.dataset.suggestFills];
  let timer;
  let asked;
  let at = -1;
  let found = [];
  let filled = "";

  const typedBefore = () => (several ? input.value.slice(0, input.value.lastIndexOf(",") + 1) : "");

  const fill = (known) => {
    if (!fills || !known || (fills.value && fills.value !== filled)) return;
    fills.value = filled = known;
    fills.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    const { [input.dataset.suggestFills]: known } = found[[...list.children].indexOf(option)];
    const before = typedBefore();
    input.value = (before && `${before} `) + option.textContent + (several ? ", " : "");
    close();
    fill(known);
    status.textContent = `${option.textContent} chosen`;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const move = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };

  const show = (results) => {
    close();
    found = results;
    const names = results.map((result) => result.name);
    list.replaceChildren(
      ...names.map((name, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.className = "ir-suggest__option";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = name;
        // pointerdown comes before the box loses focus, which closes the list.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(option));
        return option;
      }),
    );
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    status.textContent =
      names.length === 0
        ? "No suggestions. You can type any name."
        : `${names.length} suggestion${names.length === 1 ? "" : "s"}. Use the up and down arrow keys.`;
  };

  const ask = async () => {
    const typed = input.value.slice(typedBefore().length).trim();
    asked?.abort();
    if (typed.length < LEAST) return close();
    asked = new AbortController();
    const url = new URL(input.dataset.suggestUrl, document.baseURI);
    url.searchParams.set("q", typed);
    try {
      const response = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return close();
      const { results } = await response.json();
      if (document.activeElement === input) show(results);
    } catch {
      // Suggestions only help: without them the box is still a box.
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked?.abort();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const act = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at < 0 ? -1 : at - 1),
      Escape: close,
      Enter: () => choose(list.children[at]),
    }[event.key];
    if (!act || (event.key === "Enter" && at < 0)) return;
    event.preventDefault();
    act();
  });
}
