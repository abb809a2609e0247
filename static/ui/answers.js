// Shows what a list says of the words in some boxes while they are typed. The region names the boxes of its form in
// data-answers-of, and the address that answers in data-answers-url. It is announced politely, and only when it changes.

const WAIT = 500;
const MOST = 600; // an address has its limits; without script the next page looks at every word

export function answers(region) {
  const form = region.closest("form");
  const boxes = region.dataset.answersOf.split(" ").map((name) => form.elements.namedItem(name));
  let timer;
  let asked;

  const say = (sentences) => {
    if ([...region.children].map((inset) => inset.textContent).join("\n") === sentences.join("\n")) return;
    region.replaceChildren(
      ...sentences.map((sentence) => {
        const inset = document.createElement("div");
        inset.className = "govuk-inset-text";
        inset.textContent = sentence;
        return inset;
      }),
    );
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(region.dataset.answersUrl, document.baseURI);
    const typed = boxes.map((box) => box.value.trim()).join(" ");
    url.searchParams.set("q", typed.slice(0, MOST));
    try {
      const response = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return;
      const { results } = await response.json();
      say(results.map(({ name, stance, says }) => `What your force says of ‘${name}’: ${stance.toLowerCase()}. ${says}`));
    } catch {
      // It only tells early what the next page tells anyway.
    }
  };

  boxes.forEach((box) =>
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }),
  );
}
