import { initAll } from "./govuk-frontend.min.js";
import { answers } from "./answers.js";
import { autosave } from "./autosave.js";
import { suggest } from "./suggest.js";
import { told } from "./told.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.querySelectorAll("[data-suggest-url]").forEach(suggest);
document.querySelectorAll("[data-told-url]").forEach(told);
document.querySelectorAll("[data-answers-url]").forEach(answers);
document.querySelectorAll("form[data-autosave-url]").forEach(autosave);
