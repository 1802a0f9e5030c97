import { loadSettings } from '#platform/config';
import { PublicAddress } from './public-address.js';

describe('PublicAddress', () => {
  const address = (environment: Record<string, string>): PublicAddress =>
    new PublicAddress(loadSettings(environment, 'api'));

  it('is the one of the settings, wherever the process listens', () => {
    const known = address({ PUBLIC_URL: 'https://agents.example.com/' });
    known.listensAt('http://localhost:3001');
    expect(known.link('/sign-in')).toBe('https://agents.example.com/sign-in');
  });

  it('is otherwise where the process listens', () => {
    const local = address({ HOST: '0.0.0.0', PORT: '3000' });
    expect(local.link('/')).toBe('http://localhost:3000/');
    local.listensAt('http://localhost:3001');
    expect(local.link('/')).toBe('http://localhost:3001/');
    expect(address({ HOST: 'fd00::7', PORT: '80' }).link('/')).toBe('http://[fd00::7]:80/');
  });
});
