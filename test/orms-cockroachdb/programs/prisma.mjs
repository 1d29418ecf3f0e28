import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { done, step } from './step.mjs';

const { Prisma, PrismaClient } = createRequire(import.meta.url)('../node_modules/.shop-client');

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 1 }),
});

await step('The connection is made.', () => prisma.$connect());
await step('All rows.', () => prisma.order.findMany());
await step('One row by its key.', () => prisma.user.findUnique({ where: { id: 1n } }));
await step('The first row of a condition.', () =>
  prisma.user.findFirst({ where: { email: 'alice@shop.test' } }),
);
await step('Some columns, by conditions, in order, a page.', () =>
  prisma.order.findMany({
    select: { id: true, total: true },
    where: {
      userId: 1n,
      OR: [{ status: { in: ['open', 'paid'] } }, { total: { gt: 5 } }],
      NOT: { status: 'gone' },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    skip: 0,
    take: 10,
  }),
);
await step('A page after a row.', () =>
  prisma.order.findMany({ cursor: { id: 1n }, skip: 1, take: 2, orderBy: { id: 'asc' } }),
);
await step('Patterns.', () =>
  prisma.order.findMany({
    where: {
      status: { contains: 'pe', mode: 'insensitive' },
      AND: [{ status: { startsWith: 'o' } }, { status: { not: { endsWith: 'x' } } }],
    },
  }),
);
await step('A field of JSON.', () =>
  prisma.order.findMany({ where: { note: { path: ['gift'], equals: true } } }),
);
await step('A text in JSON.', () =>
  prisma.order.findMany({ where: { note: { path: ['to'], string_contains: 'bob' } } }),
);
await step('JSON that is null.', () => prisma.order.findMany({ where: { note: { equals: Prisma.DbNull } } }));
await step('Relations.', () =>
  prisma.order.findMany({
    include: { user: true, items: { include: { tags: { include: { tag: true } } } } },
  }),
);
await step('Relations of a page.', () =>
  prisma.user.findMany({
    include: {
      orders: { take: 2, orderBy: { id: 'desc' }, where: { status: 'open' } },
      _count: { select: { orders: true } },
    },
  }),
);
await step('Conditions on relations.', () =>
  prisma.order.findMany({
    where: {
      items: { some: { price: { gt: 1 } }, none: { product: 'x' }, every: { quantity: { gte: 1 } } },
      user: { is: { name: 'Alice' } },
    },
  }),
);
await step('An order by a relation.', () =>
  prisma.item.findMany({ orderBy: { order: { createdAt: 'desc' } } }),
);
await step('How many.', () => prisma.order.count({ where: { status: 'open' } }));
await step('Sums.', () =>
  prisma.order.aggregate({
    _sum: { total: true },
    _avg: { total: true },
    _max: { createdAt: true },
    _count: { _all: true, note: true },
  }),
);
await step('Sums by group.', () =>
  prisma.item.groupBy({
    by: ['orderId'],
    _sum: { price: true },
    _count: true,
    having: { price: { _avg: { gt: 1 } } },
    orderBy: { _sum: { price: 'desc' } },
  }),
);
await step('Rows without doubles.', () =>
  prisma.order.findMany({ distinct: ['status'], select: { status: true } }),
);
await step('One row is inserted.', () =>
  prisma.order.create({ data: { userId: 1n, total: 5, note: { gift: true } } }),
);
await step('A row and its related rows.', () =>
  prisma.order.create({
    data: { userId: 1n, items: { create: [{ product: 'cup', price: 1, tags: { create: { tagId: 1n } } }] } },
    include: { items: true },
  }),
);
await step('A row that joins another.', () =>
  prisma.tag.create({ data: { name: 'x', user: { connect: { id: 1n } } } }),
);
await step('Many rows are inserted.', () =>
  prisma.tag.createMany({
    data: [
      { userId: 1n, name: 'a' },
      { userId: 1n, name: 'b' },
    ],
  }),
);
await step('Many rows are inserted, conflicts are ignored.', () =>
  prisma.tag.createMany({ data: [{ userId: 1n, name: 'a' }], skipDuplicates: true }),
);
await step('Many rows are inserted and returned.', () =>
  prisma.tag.createManyAndReturn({ data: [{ userId: 1n, name: 'c' }] }),
);
await step('A row is changed.', () =>
  prisma.order.update({ where: { id: 1n }, data: { status: 'paid', total: { increment: 1 } } }),
);
await step('Rows are changed.', () =>
  prisma.order.updateMany({ where: { userId: 1n }, data: { status: 'open' } }),
);
await step('Rows are changed and returned.', () =>
  prisma.order.updateManyAndReturn({ where: { userId: 1n }, data: { status: 'open' } }),
);
await step('Insert or overwrite.', () =>
  prisma.tag.upsert({
    where: { userId_name: { userId: 1n, name: 'gift' } },
    create: { userId: 1n, name: 'gift' },
    update: { name: 'gift' },
  }),
);
await step('Insert or overwrite, in one statement.', () =>
  prisma.tag.upsert({
    where: { id: 1n },
    create: { id: 1n, userId: 1n, name: 'gift' },
    update: { name: 'gift' },
  }),
);
await step('A row is deleted.', () =>
  prisma.tag.delete({ where: { userId_name: { userId: 1n, name: 'b' } } }),
);
await step('Rows are deleted.', () => prisma.tag.deleteMany({ where: { name: 'c' } }));
await step('A list of statements in a transaction.', () =>
  prisma.$transaction([prisma.order.count(), prisma.tag.count()]),
);
await step('A transaction of a level.', () =>
  prisma.$transaction(
    async (tx) => {
      await tx.order.findFirst({ where: { id: 1n } });
      await tx.tag.create({ data: { userId: 1n, name: 'inner' } });
    },
    { isolationLevel: 'Serializable' },
  ),
);
await step('A transaction that fails.', () =>
  prisma.$transaction(async (tx) => {
    await tx.tag.count();
    throw new Error('meant');
  }),
);
await step('SQL of the program itself.', async () => {
  await prisma.$queryRaw`SELECT id FROM orders WHERE status = ${'open'} AND user_id = ${1n}`;
  await prisma.$executeRaw`UPDATE orders SET status = ${'open'} WHERE id = ${1n}`;
});
await done(() => prisma.$disconnect());
