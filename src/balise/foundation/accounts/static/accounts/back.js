// Tell the covered pages of this browser that someone is back; they ask the server who it is.
new BroadcastChannel("screen").postMessage("back");
if (opener) close();
