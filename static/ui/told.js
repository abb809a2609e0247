// Tells what is public of the organisation that a box names, once one is chosen or typed; announced politely.
// Without script the page that follows says the same.

const MOST = 200;

export function told(input) {
  const region = document.createElement("div");
  region.setAttribute("aria-live", "polite");
  (input.closest(".ir-suggest") ?? input).after(region);
  const drawn = document.querySelector("[data-told]");
  let asked;

  const say = (sentences) => {
    drawn?.remove();
    region.replaceChildren();
    if (sentences.length === 0) return;
    const inset = document.createElement("div");
    inset.className = "govuk-inset-text";
    inset.append(
      ...sentences.map((sentence) => {
        const paragraph = document.createElement("p");
        paragraph.className = "govuk-body";
        paragraph.textContent = sentence;
        return paragraph;
      }),
    );
    region.append(inset);
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const name = input.value.trim().slice(0, MOST);
    if (!name) return say([]);
    const url = new URL(input.dataset.toldUrl, document.baseURI);
    url.searchParams.set("q", name);
    const decision = input.form?.elements.decision?.value;
    if (decision) url.searchParams.set("decision", decision);
    try {
      const response = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return;
      const { sentences } = await response.json();
      say(sentences);
    } catch {
      // It only tells early what the next page tells anyway.
    }
  };

  input.addEventListener("change", ask);
  // Whoever has declined is told the facts and needs no advice.
  input.form?.addEventListener("change", ({ target }) => {
    if (target.name === "decision" && input.value.trim()) ask();
  });
}
