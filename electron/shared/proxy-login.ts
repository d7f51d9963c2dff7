/** Name and password for a proxy. */
export interface ProxyLogin {
  name: string;
  password: string;
}

/** The address without name and password, and these where it holds any. `address` must be a URL. */
export function splitLogin(address: string): { address: string; login: ProxyLogin | null } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { address, login: null };
  url.username = '';
  url.password = '';
  return { address: url.href, login: { name: decode(username), password: decode(password) } };
}

/** The URL by which requests leave. */
export function joinLogin(address: string, login: ProxyLogin | null): string {
  if (login === null) return address;
  const url = new URL(address);
  url.username = encodeURIComponent(login.name);
  url.password = encodeURIComponent(login.password);
  return url.href;
}

/** What is not percent-encoded right is meant as it is written. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
