// The one policy of trusted types: a worker is ours, or there is none.
const policy = globalThis.trustedTypes?.createPolicy("balise", {
  createScriptURL: (text) => {
    const url = new URL(text, location.href);
    const ours = url.origin === location.origin && /^\/(worker\.js$|static\/)/.test(url.pathname);
    if (!ours) throw new TypeError(text);
    return url.href;
  },
});

export const script = (text) => policy?.createScriptURL(text) ?? text;
