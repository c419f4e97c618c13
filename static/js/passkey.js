// Opens the button once allauth's own script listens to it, and says in words that the browser handed over no passkey;
// that script would only write it to the console.
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("passkey").disabled = false;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-refusal").hidden = false;
});
