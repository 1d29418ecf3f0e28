/** https://www.prisma.io/docs/orm/prisma-client/queries: CRUD, relation queries, filtering, pagination, aggregation, transactions, raw SQL. */
import { PrismaPg } from '@prisma/adapter-pg';
import type { GuardedPool } from 'cordon/node';
import { Prisma, PrismaClient } from '../prisma/generated/client.ts';
import type { Blogger, Note } from '../world.ts';
import type { OpenApp, OrmApp } from './app.ts';

// section:open
/** One for each caller: Prisma gathers `findUnique` calls of a moment into one query, whoever they are for. */
function open(pool: GuardedPool) {
  return new PrismaClient({ adapter: new PrismaPg(pool) });
}
// endsection:open

export const app: OrmApp = {
  async open(connection): Promise<OpenApp> {
    const clients: PrismaClient[] = [];
    return {
      run: (me, note) => {
        const prisma = open(connection.pool);
        clients.push(prisma);
        return run(prisma, me, note);
      },
      close: async () => {
        await Promise.all(clients.map((prisma) => prisma.$disconnect()));
      },
    };
  },

  /** `prisma migrate` is a binary of its own, which connects by itself; what it runs are SQL files, as here. */
  async migrate(connection): Promise<void> {
    const prisma = open(connection.pool);
    await prisma.$executeRawUnsafe(
      'CREATE TABLE "notes" ("id" SERIAL NOT NULL, "text" TEXT NOT NULL, CONSTRAINT "notes_pkey" PRIMARY KEY ("id"))',
    );
    await prisma.$executeRawUnsafe('CREATE INDEX "notes_text_idx" ON "notes"("text")');
    await prisma.$disconnect();
  },
};

async function run(prisma: PrismaClient, me: Blogger, note: Note): Promise<void> {
  await reads(prisma, me, note);
  await relations(prisma, me, note);
  await writes(prisma, me, note);
  await nested(prisma, me, note);
  await transactions(prisma, me, note);
  await aggregates(prisma, note);
  await raw(prisma, me, note);
}

async function reads({ user, post }: PrismaClient, me: Blogger, note: Note): Promise<void> {
  await note('me', user.findMany());
  await note('posts in order', post.findMany({ orderBy: { id: 'asc' } }));
  await note('one post', post.findUnique({ where: { id: me.id * 100 + 1 } }));
  await note('a foreign post', post.findUnique({ where: { id: me.foreign.post } }));
  await note(
    'or throw',
    post
      .findUniqueOrThrow({ where: { id: me.foreign.post } })
      .catch((error: { code?: string }) => error.code),
  );
  await note(
    'filters',
    post.findMany({
      where: {
        id: { in: [101, 104, 106, 201, 204, 206] },
        OR: [{ title: { endsWith: 'WRITES 1', mode: 'insensitive' } }, { views: { gt: 30 }, state: 'live' }],
        NOT: { rating: null },
      },
      select: { id: true, title: true },
      orderBy: { views: 'desc' },
    }),
  );
  await note('page 2', post.findMany({ orderBy: { id: 'asc' }, skip: 2, take: 2 }));
  await note(
    'after a cursor',
    post.findMany({ orderBy: { id: 'asc' }, cursor: { id: me.id * 100 + 3 }, skip: 1, take: 2 }),
  );
  await note(
    'by array and json',
    post.findMany({ where: { labels: { has: 'p2' }, meta: { path: ['words'], gt: 100 } } }),
  );
  await note(
    'distinct',
    post.findMany({ distinct: ['state'], orderBy: { id: 'asc' }, select: { state: true } }),
  );
}

async function relations({ user, post, tag }: PrismaClient, me: Blogger, note: Note): Promise<void> {
  await note(
    'include',
    user.findMany({
      include: {
        profile: true,
        posts: {
          orderBy: { id: 'asc' },
          include: { comments: { orderBy: { id: 'asc' } }, tags: { include: { tag: true } } },
        },
      },
    }),
  );
  await note(
    'counts',
    post.findMany({
      select: { title: true, _count: { select: { comments: true, tags: true } } },
      orderBy: { id: 'asc' },
    }),
  );
  await note('some', post.findMany({ where: { comments: { some: { text: { contains: 'comment 4' } } } } }));
  await note(
    'none',
    post.findMany({ where: { tags: { none: {} } }, orderBy: { id: 'asc' }, select: { title: true } }),
  );
  await note(
    'by relation',
    tag.findMany({ where: { posts: { some: { post: { state: 'live' } } } }, orderBy: { id: 'asc' } }),
  );
  await note(
    'ordered by relation',
    post.findMany({ orderBy: [{ comments: { _count: 'desc' } }, { id: 'asc' }], select: { title: true } }),
  );
  await note(
    'fluent',
    post.findUnique({ where: { id: me.id * 100 + 1 } }).comments({ orderBy: { id: 'asc' } }),
  );
  await note(
    'of somebody else',
    post.findMany({ where: { author: { id: me.foreign.user } }, include: { author: true } }),
  );
}

async function writes({ post, comment, tag }: PrismaClient, me: Blogger, note: Note): Promise<void> {
  const made = await post.create({
    data: { authorId: me.id, title: 'a new one', labels: ['x', 'y'], meta: { lang: 'de' }, rating: 4.5 },
  });
  const { id } = made;
  await note('create', Promise.resolve(made));
  await note(
    'update',
    post.update({ where: { id }, data: { views: { increment: 5 }, labels: { push: 'z' } } }),
  );
  await note(
    'update a foreign one',
    post
      .update({ where: { id: me.foreign.post }, data: { title: 'mine' } })
      .catch((error: { code?: string }) => error.code),
  );
  await note(
    'update many',
    post.updateMany({ where: { id: { in: [id, me.foreign.post] } }, data: { title: 'changed' } }),
  );
  await note(
    'update many and return',
    post.updateManyAndReturn({
      where: { id },
      data: { state: 'live' },
      select: { title: true, state: true },
    }),
  );
  const texts = [1, 2, 3].map((n) => ({ postId: id, text: `bulk ${n}` }));
  await note('create many', comment.createMany({ data: texts }));
  await note('create many and return', comment.createManyAndReturn({ data: texts }));
  const upsert = () =>
    tag.upsert({
      where: { ownerId_name: { ownerId: me.id, name: 'red' } },
      create: { ownerId: me.id, name: 'red', uses: 1 },
      update: { uses: { increment: 1 } },
    });
  await note('upsert', upsert());
  await note('upsert again', upsert());
  await note(
    'skip duplicates',
    tag.createMany({ data: [{ ownerId: me.id, name: 'red' }], skipDuplicates: true }),
  );
  await tag.updateMany({ data: { uses: 0 } });
  await note('delete many', comment.deleteMany({ where: { postId: id } }));
  await note(
    'delete a foreign one',
    post.delete({ where: { id: me.foreign.post } }).catch((error: { code?: string }) => error.code),
  );
  await note('delete', post.delete({ where: { id }, select: { title: true } }));
}

async function nested({ post, tag }: PrismaClient, me: Blogger, note: Note): Promise<void> {
  const made = await post.create({
    data: {
      title: 'with all',
      author: { connect: { id: me.id } },
      comments: { create: [{ text: 'one' }, { text: 'two' }] },
      tags: {
        create: [
          { tag: { connect: { ownerId_name: { ownerId: me.id, name: 'blue' } } } },
          {
            tag: {
              connectOrCreate: {
                where: { ownerId_name: { ownerId: me.id, name: 'new' } },
                create: { ownerId: me.id, name: 'new' },
              },
            },
          },
        ],
      },
    },
    include: { comments: true, tags: { include: { tag: true } }, author: true },
  });
  await note('nested create', Promise.resolve(made));
  await note(
    'nested update',
    post.update({
      where: { id: made.id },
      data: {
        comments: {
          updateMany: { where: { text: 'one' }, data: { text: 'uno' } },
          deleteMany: { text: 'two' },
          create: { text: 'three' },
        },
      },
      include: { comments: { orderBy: { id: 'asc' } } },
    }),
  );
  await note(
    'connect a foreign tag',
    post
      .update({
        where: { id: made.id },
        data: { tags: { create: { tag: { connect: { id: me.foreign.tag } } } } },
      })
      .catch((error: { code?: string }) => error.code),
  );
  await post.delete({ where: { id: made.id } });
  await tag.deleteMany({ where: { name: 'new' } });
}

async function transactions(prisma: PrismaClient, me: Blogger, note: Note): Promise<void> {
  await note(
    'a batch',
    prisma.$transaction([
      prisma.post.count(),
      prisma.post.findMany({ take: 1, orderBy: { id: 'asc' } }),
      prisma.tag.updateMany({ data: { uses: 0 } }),
    ]),
  );
  await prisma.$transaction(async (tx) => {
    const { id } = await tx.post.create({ data: { authorId: me.id, title: 'in a transaction' } });
    await tx.comment.create({ data: { postId: id, text: 'also' } });
    await note('inside', tx.comment.findMany({ where: { postId: id } }));
    await tx.post.delete({ where: { id } });
  });
  await note('rolled back', () =>
    prisma
      .$transaction(
        async (tx) => {
          await tx.post.updateMany({ data: { title: 'gone' } });
          throw new Error('no');
        },
        { isolationLevel: Prisma.TransactionIsolationLevel.Serializable },
      )
      .catch((error: Error) => error.message),
  );
  await note('after all', prisma.post.findMany({ select: { title: true }, orderBy: { id: 'asc' } }));
}

async function aggregates({ post }: PrismaClient, note: Note): Promise<void> {
  await note(
    'aggregate',
    post.aggregate({
      _count: true,
      _sum: { views: true },
      _avg: { views: true },
      _max: { rating: true },
      where: { views: { gt: 10 } },
    }),
  );
  await note(
    'group by',
    post.groupBy({
      by: ['state'],
      _count: { id: true },
      _sum: { views: true },
      having: { views: { _sum: { gt: 1 } } },
      orderBy: { state: 'asc' },
    }),
  );
  await note('count', post.count({ where: { state: 'live' } }));
}

async function raw(prisma: PrismaClient, me: Blogger, note: Note): Promise<void> {
  const id = me.foreign.post;
  await note(
    '$queryRaw',
    prisma.$queryRaw`SELECT title FROM posts WHERE id = ${id} OR author_id = ${me.id} ORDER BY id`,
  );
  await note(
    '$queryRaw, joined',
    prisma.$queryRaw(Prisma.sql`SELECT title FROM posts WHERE id IN (${Prisma.join([id, me.id * 100 + 1])})`),
  );
  await note(
    '$queryRawUnsafe',
    prisma.$queryRawUnsafe(`SELECT count(*) FROM posts WHERE id = ${id} OR 1 = 1`),
  );
  await note('$executeRaw', prisma.$executeRaw`UPDATE posts SET title = 'mine' WHERE id = ${id}`);
  await note(
    '$executeRawUnsafe',
    prisma.$executeRawUnsafe(`UPDATE posts SET title = 'mine' WHERE id = ${id}`),
  );
  await note('a hidden column', prisma.$queryRawUnsafe('SELECT password_hash FROM users'));
}
