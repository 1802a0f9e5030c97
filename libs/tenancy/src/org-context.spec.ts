import { currentAmbient, runWith } from '#platform/context';
import { acrossOrgs } from './across-orgs.js';
import { OrgContext } from './org-context.js';

describe('The organisation that code runs for', () => {
  it('is open inside of its door and nowhere else, also after something was awaited', async () => {
    await OrgContext.run('a', async () => {
      await Promise.resolve();
      expect(OrgContext.require()).toBe('a');
      await Promise.all([
        OrgContext.run('b', async () => {
          await Promise.resolve();
          expect(OrgContext.current()).toBe('b');
        }),
      ]);
      expect(OrgContext.current()).toBe('a');
    });
    expect(OrgContext.current()).toBeUndefined();
  });

  it('has to be open for whoever requires it', () => {
    expect(() => OrgContext.require()).toThrow(/No organisation is open\. Enter one at the door/);
    expect(() => acrossOrgs('a test without organisation', () => OrgContext.require())).toThrow(
      /No organisation is open/,
    );
  });

  it('is entered for the rest of a request once, and never changed', () => {
    expect(() => OrgContext.enter('a')).toThrow(/no request/);
    runWith({ requestId: 'request' }, () => {
      OrgContext.enter('a');
      OrgContext.enter('a');
      expect(OrgContext.require()).toBe('a');
      expect(() => OrgContext.enter('b')).toThrow(/already belongs to another organisation/);
    });
  });

  it('is left by acrossOrgs with its reason, and is there again afterwards', () => {
    OrgContext.run('a', () => {
      acrossOrgs('a test looks around', () => {
        expect(currentAmbient()).toMatchObject({ orgId: undefined, acrossOrgs: 'a test looks around' });
        OrgContext.run('b', () => expect(currentAmbient()).toMatchObject({ orgId: 'b', acrossOrgs: undefined }));
      });
      expect(OrgContext.require()).toBe('a');
    });
  });

  it('cannot be changed inside a transaction', () => {
    const transaction = {};
    runWith({ orgId: 'a', transaction }, () => {
      expect(() => OrgContext.run('b', () => undefined)).toThrow(/inside a transaction of another one/);
      expect(() => acrossOrgs('a test tries it', () => undefined)).toThrow(/cannot start inside/);
      expect(OrgContext.run('a', () => 'same')).toBe('same');
    });
  });
});
