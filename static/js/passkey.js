// Says in words that the browser handed over no passkey; allauth's own script would only write it to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-refusal").hidden = false;
});
