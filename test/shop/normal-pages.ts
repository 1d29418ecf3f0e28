/** What the shop is for: every page as an honest person uses it. */
import { expect, it } from 'vitest';
import { OWN, type Scene } from '../flask/mistakes.ts';

export function normalPages(scene: () => Scene): void {
  it('log-in works, and only with the right password', async () => {
    const { stranger } = scene();
    expect((await stranger.post('/login', { email: 'carol@shop.test', password: 'wrong' })).status).toBe(401);
    expect((await stranger.post('/login', { email: 'nobody@shop.test', password: 'x' })).status).toBe(401);
    const answer = await stranger.post('/login', { email: 'carol@shop.test', password: 'carol likes tea' });
    expect([answer.status, answer.json]).toMatchObject([200, { email: 'carol@shop.test', tenant_id: 1 }]);
    expect((await stranger.get('/profiles/me')).json).toMatchObject({ display_name: 'Carol' });
    await stranger.post('/logout');
    expect((await stranger.get('/profiles/me')).status).toBe(401);
  });

  it('sign-up makes an account that can be used at once, and says when an e-mail is taken', async () => {
    const { app, stranger } = scene();
    const form = { email: 'olga@shop.test', name: 'Olga', password: 'olga likes tea', tenant_id: 2 };
    const answer = await stranger.post('/signup', form);
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { email: 'olga@shop.test', name: 'Olga', tenant_id: 2 },
    ]);
    expect((await stranger.get('/profiles/me')).json).toMatchObject({
      display_name: 'Olga',
      email: 'olga@shop.test',
    });
    expect((await app.visitor().post('/signup', form)).status).toBe(409);
    expect((await app.visitor().post('/signup', { ...form, email: 'bob@shop.test' })).status).toBe(409);
    expect((await app.visitor().post('/login', form)).status).toBe(200);
  });

  it('one’s own profile is shown, alone and with its relations', async () => {
    const { alice } = scene();
    expect((await alice.get('/profile', { profile_id: OWN.profile })).json).toMatchObject({
      email: 'alice@shop.test',
    });
    const whole = (await alice.get('/profiles/me', { include: 'addresses,payment_methods' })).json as Record<
      string,
      unknown[]
    >;
    expect(whole).toMatchObject({ display_name: 'Alice', email: 'alice@shop.test' });
    expect(whole.addresses?.length).toBeGreaterThan(1);
    expect(whole.payment_methods?.[0]).toMatchObject({ profile_id: OWN.profile });
  });

  it('one’s own profile and orders are found by their ids', async () => {
    const { alice } = scene();
    const profile = await alice.get(`/profiles/${OWN.profile}`, { include: 'addresses' });
    expect(profile.json).toMatchObject({ email: 'alice@shop.test', addresses: [{}, {}] });
    const [order] = (await alice.get('/orders')).json as { id: string }[];
    expect((await alice.get(`/orders/${order?.id}`)).json).toMatchObject({ id: order?.id, tenant_id: 1 });
  });

  it('the search finds colleagues by their display name', async () => {
    const { alice } = scene();
    const names = async (q: string) =>
      ((await alice.get('/profiles', { q })).json as { display_name: string }[]).map(
        (row) => row.display_name,
      );
    expect(await names('aro')).toEqual(['Carol']);
    expect(await names('ali')).toEqual(['Alice']);
    expect(await names('nobody')).toEqual([]);
  });

  it('one’s own display name is changed', async () => {
    const { alice } = scene();
    const answer = await alice.patch(`/profiles/${OWN.profile}`, { display_name: 'Alice €' });
    expect([answer.status, answer.json]).toMatchObject([200, { display_name: 'Alice €' }]);
    expect((await alice.get('/profiles/me')).json).toMatchObject({ display_name: 'Alice €' });
    expect((await alice.patch(`/profiles/${OWN.profile}`, { display_name: 'Alice' })).status).toBe(200);
  });

  it('a resource is opened with the token of one’s own share', async () => {
    const { alice } = scene();
    const answer = await alice.get(`/resource/${OWN.shareToken}`);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('wrote this')]);
    expect((await alice.get('/resource/pt-nobody-0')).status).toBe(404);
  });

  it('one’s own orders are listed in order', async () => {
    const { alice } = scene();
    const orders = (await alice.get('/orders', { sort: 'amount DESC, id' })).json as { amount: number }[];
    const amounts = orders.map(({ amount }) => amount);
    expect(amounts.length).toBeGreaterThanOrEqual(OWN.orders);
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
  });

  it('an order is placed to one’s own address', async () => {
    const { alice } = scene();
    const answer = await alice.post('/orders', { address_id: OWN.address, amount: 1234 });
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { amount: 1234, tenant_id: 1, crdb_region: 'eu-west-1', ship_to: { id: OWN.address } },
    ]);
  });

  it('products are public', async () => {
    const answer = await scene().stranger.get('/products');
    expect([answer.status, (answer.json as unknown[]).length]).toEqual([200, 12]);
  });
}
