/**
 * Takes away what no Content-Security-Policy of today's browsers closes: connections between browsers (WebRTC), whose
 * search for a way reaches any host. Runs before anything of the plugin; another window of the same origin, from which
 * it could be had again, a frame without an origin has none.
 */
export function closeWaysOut(): void {
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) Reflect.deleteProperty(window, name)
}
