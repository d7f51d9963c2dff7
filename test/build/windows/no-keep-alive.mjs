/**
 * Loaded before the core under Wine 8, which does not know the socket option for keep-alive times and fails the connection
 * for it. Windows 10 knows it; nothing of this is in the package.
 */
import net from 'node:net';

net.Socket.prototype.setKeepAlive = function setKeepAlive() {
  return this;
};
