import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../lambda/address/public-address.ts';

describe('isPublicAddress', () => {
  it.each([
    'https://example.org/',
    'http://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://localhost.example/',
    'https://xn--bcher-kva.example/',
  ])('takes %s for public', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    'http://localhost:8080/',
    'http://LOCALHOST./',
    'http://press.localhost/',
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://10.1.2.3/',
    'http://172.31.0.1/',
    'http://192.168.0.1/',
    'http://169.254.169.254/',
    'http://100.64.0.1/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://printer/',
    'http://nas.local/',
    'http://x.home.arpa/',
    'http://x.test/',
    'no address',
  ])('takes %s for private', (address) => expect(isPublicAddress(address)).toBe(false));
});
