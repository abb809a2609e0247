// Saves a form while it is filled in, and says when. The form needs data-autosave-url and, within it, an element
// with data-autosave-status. Any answer in the 200s is a save; a redirect to the sign-in page is not.

const WAIT = 1500;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let saved = written(form);
  let sending = Promise.resolve();
  let timer;
  let left = false;

  const say = (text, failed = false) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("ir-autosave--failed", failed);
  };

  const send = async (keepalive) => {
    const now = written(form);
    if (left || now === saved) return;
    const answers = new FormData(form);
    // A file is sent once, with the form: half an upload every few seconds helps nobody.
    for (const [name, value] of [...answers]) if (value instanceof File) answers.delete(name);
    try {
      const response = await fetch(form.dataset.autosaveUrl, {
        method: "POST",
        body: answers,
        keepalive,
        headers: {
          "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
          "X-Requested-With": "autosave",
        },
      });
      if (response.redirected || response.status === 401) {
        say("Not saved: you have been signed out. Sign in on another tab, then carry on here.", true);
      } else if (!response.ok) {
        say("Not saved. Your answers are still on this page; we will try again.", true);
        again();
      } else {
        saved = now;
        say(`Saved at ${clock.format(new Date())}`);
      }
    } catch {
      say("Not saved: no connection. Your answers are still on this page; we will try again.", true);
      again();
    }
  };

  // One after another, so that an older version never arrives last.
  const save = () => {
    clearTimeout(timer);
    sending = sending.then(() => send(false));
  };

  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT * 10);
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    left = true;
    clearTimeout(timer);
  });
  // There is no time to wait for an earlier save when the page goes away.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(true);
  });
  window.addEventListener("pagehide", () => send(true));
  // The back button can bring a sent page back to life.
  window.addEventListener("pageshow", () => {
    left = false;
  });
}

function written(form) {
  return JSON.stringify([...new FormData(form)].filter(([, value]) => !(value instanceof File)));
}
