// The session of pgx: types in binary, batches, COPY, transactions, errors, pools.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

var ctx = context.Background()

func report(name string, value any) {
	line, err := json.Marshal([]any{name, fmt.Sprintf("%#v", value)})
	must(err)
	fmt.Println(string(line))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	if os.Args[1] == "alice" {
		alice(os.Args[2], os.Args[3], os.Args[4])
		return
	}
	for _, mode := range []pgx.QueryExecMode{
		pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec,
		pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol,
	} {
		config, err := pgx.ParseConfig(os.Args[2])
		must(err)
		config.DefaultQueryExecMode = mode
		connection, err := pgx.ConnectConfig(ctx, config)
		must(err)
		report("mode", mode.String())
		session(connection, mode.String())
		must(connection.Close(ctx))
	}
	pool(os.Args[2])
}

func session(connection *pgx.Conn, mode string) {
	values(connection, mode)
	transactions(connection)
	failures(connection)
	batches(connection)
	copies(connection)
	prepared(connection)
}

func values(connection *pgx.Conn, mode string) {
	at := time.Date(2024, 2, 29, 23, 59, 59, 123456000, time.UTC)
	raw := make([]byte, 256)
	for i := range raw {
		raw[i] = byte(i)
	}
	var label string
	must(connection.QueryRow(ctx, `INSERT INTO things (label, small, big, amount, ratio, flag, at, day, raw, docb, ref, tags, counts)
		VALUES ($1, $2, $3, $4::numeric, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING label`,
		mode+" ‘ünïcödé’ 日本 🐘", int16(-32768), int64(9007199254740993), "123456.789", 0.1, true, at, at, raw,
		`{"k": ["v", 1, null]}`, "a11ce000-0000-4000-8000-000000000001", []string{"a", "b,c", `d"e`, ""}, []int32{1, -2}).Scan(&label))
	report("inserted", label)
	tag, err := connection.Exec(ctx, "INSERT INTO things (label) VALUES ($1)", mode)
	must(err)
	report("tag", tag.String())
	rows, err := connection.Query(ctx, "SELECT label, small, big, amount, ratio, flag, at, at_local, day, raw, docb, ref, tags, counts, note FROM things WHERE label LIKE $1 ORDER BY label", mode+"%")
	must(err)
	for _, field := range rows.FieldDescriptions() {
		report("column", []any{field.Name, field.DataTypeOID, field.DataTypeSize, field.TypeModifier, field.Format})
	}
	for rows.Next() {
		all, err := rows.Values()
		must(err)
		for _, value := range all {
			report("value", value)
		}
	}
	must(rows.Err())
	var words []string
	must(connection.QueryRow(ctx, "SELECT array_agg(word ORDER BY n) FROM numbers WHERE n = ANY($1)", []int32{3, 1, 2}).Scan(&words))
	report("array", words)
}

func transactions(connection *pgx.Conn) {
	tx, err := connection.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable})
	must(err)
	tag, err := tx.Exec(ctx, "UPDATE numbers SET word = word WHERE n < $1", 5)
	must(err)
	report("updated", tag.RowsAffected())
	nested, err := tx.Begin(ctx)
	must(err)
	_, err = nested.Exec(ctx, "DELETE FROM numbers")
	must(err)
	must(nested.Rollback(ctx))
	must(tx.Commit(ctx))
	var count int
	must(connection.QueryRow(ctx, "SELECT count(*) FROM numbers").Scan(&count))
	report("after savepoint", count)
}

func failures(connection *pgx.Conn) {
	failing(connection, "unique", "INSERT INTO numbers (n) VALUES ($1)", 1)
	failing(connection, "foreign key", "INSERT INTO parts (thing_id, name) VALUES ($1, 'x')", -1)
	failing(connection, "division", "SELECT 1 / (n - n) FROM numbers WHERE n = $1", 1)
	failing(connection, "syntax", "SELEC 1")
	failing(connection, "unknown column", "SELECT nothing FROM numbers WHERE n = $1", 1)
	tx, err := connection.Begin(ctx)
	must(err)
	failing(connection, "in a transaction", "SELECT 1 / (n - n) FROM numbers WHERE n = $1", 1)
	failing(connection, "still failed", "SELECT n FROM numbers WHERE n = $1", 1)
	must(tx.Rollback(ctx))
	var text string
	must(connection.QueryRow(ctx, "SELECT 'recovered'").Scan(&text))
	report("recovered", text)
}

func failing(connection *pgx.Conn, name, statement string, arguments ...any) {
	rows, err := connection.Query(ctx, statement, arguments...)
	if err == nil {
		rows.Close()
		err = rows.Err()
	}
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		report(name, []string{refused.Severity, refused.Code})
		return
	}
	report(name, err)
}

func batches(connection *pgx.Conn) {
	batch := &pgx.Batch{}
	for n := range 5 {
		batch.Queue("SELECT word FROM numbers WHERE n = $1", n+1)
	}
	batch.Queue("UPDATE numbers SET word = word WHERE n = $1", 9)
	results := connection.SendBatch(ctx, batch)
	for range 5 {
		var word string
		must(results.QueryRow().Scan(&word))
		report("batch", word)
	}
	tag, err := results.Exec()
	must(err)
	report("batch", tag.String())
	must(results.Close())
	failed := &pgx.Batch{}
	failed.Queue("UPDATE numbers SET word = 'lost' WHERE n = $1", 1)
	failed.Queue("SELECT 1 / (n - n) FROM numbers WHERE n = $1", 1)
	var refused *pgconn.PgError
	if errors.As(connection.SendBatch(ctx, failed).Close(), &refused) {
		report("failed batch", refused.Code)
	}
	var word string
	must(connection.QueryRow(ctx, "SELECT word FROM numbers WHERE n = $1", 1).Scan(&word))
	report("after failed batch", word)
}

func copies(connection *pgx.Conn) {
	target, err := os.CreateTemp("", "cordon-copy")
	must(err)
	defer os.Remove(target.Name())
	tag, err := connection.PgConn().CopyTo(ctx, target, "COPY (SELECT n, word FROM numbers WHERE n < 4 ORDER BY n) TO STDOUT")
	must(err)
	content, err := os.ReadFile(target.Name())
	must(err)
	report("copied out", []string{tag.String(), string(content)})
}

func prepared(connection *pgx.Conn) {
	description, err := connection.Prepare(ctx, "by word", "SELECT n FROM numbers WHERE word = $1")
	must(err)
	report("parameters", description.ParamOIDs)
	for _, word := range []string{"word 3", "word 4", "nothing"} {
		rows, err := connection.Query(ctx, "by word", word)
		must(err)
		found, err := pgx.CollectRows(rows, pgx.RowTo[int32])
		must(err)
		report("prepared", found)
	}
	must(connection.Deallocate(ctx, "by word"))
	must(connection.DeallocateAll(ctx))
}

func pool(url string) {
	connections, err := pgxpool.New(ctx, url)
	must(err)
	defer connections.Close()
	for n := range 5 {
		var word string
		must(connections.QueryRow(ctx, "SELECT word FROM numbers WHERE n = $1", n+1).Scan(&word))
		report("pool", word)
	}
	must(connections.Ping(ctx))
}

// Identity by a startup option of a connection that belongs to one caller.
func alice(url, aliceToken, bobToken string) {
	as := func(token string) *pgx.Conn {
		config, err := pgx.ParseConfig(url)
		must(err)
		if token != "" {
			config.RuntimeParams["cordon.token"] = token
		}
		connection, err := pgx.ConnectConfig(ctx, config)
		must(err)
		return connection
	}
	owners := func(connection *pgx.Conn) []string {
		rows, err := connection.Query(ctx, "SELECT DISTINCT user_id::text FROM orders")
		must(err)
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		must(err)
		return ids
	}
	plain := func(name string, value any) {
		line, err := json.Marshal([]any{name, value})
		must(err)
		fmt.Println(string(line))
	}
	mine := as(aliceToken)
	plain("alice", owners(mine))
	tag, err := mine.Exec(ctx, "UPDATE profiles SET display_name = 'x' WHERE user_id <> $1", "a11ce000-0000-4000-8000-000000000001")
	must(err)
	plain("foreign updates", tag.RowsAffected())
	plain("bob", owners(as(bobToken)))
	var count int
	must(as("").QueryRow(ctx, "SELECT count(*) FROM products").Scan(&count))
	plain("anonymous", count)
}
