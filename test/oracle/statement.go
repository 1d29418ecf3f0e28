package main

import (
	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree"
)

// A list of the summary: names and lists, the same on both sides of the comparison.
type list = []any

// A record of the summary; a clause that is absent has no key.
type record = map[string]any

func statementSummary(node tree.Statement) any {
	switch node := node.(type) {
	case *tree.Select:
		return selectSummary(node)
	case *tree.ParenSelect:
		return selectSummary(node.Select)
	case *tree.SelectClause, *tree.ValuesClause, *tree.UnionClause:
		return selectSummary(&tree.Select{Select: node.(tree.SelectStatement)})
	case *tree.Insert:
		return insertSummary(node)
	case *tree.Update:
		return updateSummary(node)
	case *tree.Delete:
		return deleteSummary(node)
	case *tree.Explain:
		return record{"kind": "explain", "statement": statementSummary(node.Statement)}
	case *tree.ExplainAnalyze:
		return record{"kind": "explain analyze", "statement": statementSummary(node.Statement)}
	case *tree.Prepare:
		return record{"kind": "prepare", "name": string(node.Name), "statement": statementSummary(node.Statement)}
	case *tree.DeclareCursor:
		return record{"kind": "declare", "name": string(node.Name), "statement": selectSummary(node.Select)}
	case *tree.CopyFrom:
		return copySummary(&node.Table, node.Columns)
	case *tree.CopyTo:
		if node.Statement != nil {
			return record{"kind": "copy", "statement": statementSummary(node.Statement)}
		}
		return copySummary(&node.Table, node.Columns)
	default:
		return record{"kind": "other", "tag": node.StatementTag()}
	}
}

func copySummary(table *tree.TableName, columns tree.NameList) record {
	summary := record{"kind": "copy", "table": tableName(table)}
	put(summary, "columns", nameList(columns))
	return summary
}

func selectSummary(node *tree.Select) record {
	summary := selectBody(node.Select)
	put(summary, "with", withSummary(node.With))
	put(summary, "order", orderSummary(node.OrderBy))
	if node.Limit != nil {
		put(summary, "limit", limit(node.Limit.Count))
		put(summary, "offset", optional(node.Limit.Offset))
	}
	put(summary, "locking", lockingSummary(node.Locking))
	return summary
}

// LIMIT NULL is LIMIT ALL.
func limit(count tree.Expr) any {
	if count == nil || count == tree.DNull {
		return nil
	}
	return expression(count)
}

func selectBody(node tree.SelectStatement) record {
	switch node := node.(type) {
	case *tree.ParenSelect:
		return selectSummary(node.Select)
	case *tree.SelectClause:
		return clauseSummary(node)
	case *tree.ValuesClause:
		rows := list{}
		for _, row := range node.Rows {
			rows = append(rows, expressions(row))
		}
		return record{"kind": "values", "rows": rows}
	case *tree.UnionClause:
		return record{
			"kind": node.Type.String(), "all": node.All,
			"left": selectSummary(node.Left), "right": selectSummary(node.Right),
		}
	default:
		panic(unknown(node))
	}
}

func clauseSummary(node *tree.SelectClause) record {
	summary := record{"kind": "select", "targets": targets(node.Exprs)}
	if node.Distinct && len(node.DistinctOn) == 0 {
		summary["distinct"] = true
	}
	put(summary, "distinctOn", expressions(tree.Exprs(node.DistinctOn)))
	put(summary, "from", tables(node.From.Tables))
	put(summary, "asOf", optional(node.From.AsOf.Expr))
	put(summary, "where", whereSummary(node.Where))
	put(summary, "group", expressions(tree.Exprs(node.GroupBy)))
	put(summary, "having", whereSummary(node.Having))
	windows := list{}
	for _, window := range node.Window {
		windows = append(windows, windowSummary(window))
	}
	put(summary, "windows", windows)
	return summary
}

func insertSummary(node *tree.Insert) record {
	summary := record{"kind": "insert", "table": tableSummary(node.Table)}
	put(summary, "with", withSummary(node.With))
	put(summary, "columns", nameList(node.Columns))
	if node.Rows != nil && node.Rows.Select != nil {
		summary["rows"] = selectSummary(node.Rows)
	}
	if node.OnConflict.IsUpsertAlias() {
		summary["upsert"] = true
	} else if node.OnConflict != nil {
		summary["conflict"] = conflictSummary(node.OnConflict)
	}
	put(summary, "returning", returningSummary(node.Returning))
	return summary
}

func conflictSummary(node *tree.OnConflict) record {
	summary := record{}
	if node.DoNothing {
		summary["nothing"] = true
	}
	put(summary, "columns", nameList(node.Columns))
	put(summary, "constraint", string(node.Constraint))
	put(summary, "arbiter", optional(node.ArbiterPredicate))
	put(summary, "set", assignments(node.Exprs))
	put(summary, "where", whereSummary(node.Where))
	return summary
}

func updateSummary(node *tree.Update) record {
	summary := record{"kind": "update", "table": tableSummary(node.Table), "set": assignments(node.Exprs)}
	put(summary, "with", withSummary(node.With))
	put(summary, "from", tables(node.From))
	put(summary, "where", whereSummary(node.Where))
	put(summary, "order", orderSummary(node.OrderBy))
	if node.Limit != nil {
		put(summary, "limit", optional(node.Limit.Count))
	}
	put(summary, "returning", returningSummary(node.Returning))
	return summary
}

func deleteSummary(node *tree.Delete) record {
	if node.Batch != nil {
		panic(unknown(node.Batch))
	}
	summary := record{"kind": "delete", "table": tableSummary(node.Table)}
	put(summary, "with", withSummary(node.With))
	put(summary, "from", tables(node.Using))
	put(summary, "where", whereSummary(node.Where))
	put(summary, "order", orderSummary(node.OrderBy))
	if node.Limit != nil {
		put(summary, "limit", optional(node.Limit.Count))
	}
	put(summary, "returning", returningSummary(node.Returning))
	return summary
}

func assignments(nodes tree.UpdateExprs) list {
	items := list{}
	for _, node := range nodes {
		items = append(items, list{nameList(node.Names), node.Tuple, assigned(node)})
	}
	return items
}

// One value in brackets is a row of one to CockroachDB, and the value to Postgres.
func assigned(node *tree.UpdateExpr) any {
	if row, ok := node.Expr.(*tree.Tuple); ok && node.Tuple && len(row.Exprs) == 1 {
		return expression(row.Exprs[0])
	}
	return expression(node.Expr)
}

func targets(nodes tree.SelectExprs) list {
	items := list{}
	for _, node := range nodes {
		items = append(items, list{expression(node.Expr), string(node.As)})
	}
	return items
}

func returningSummary(node tree.ReturningClause) any {
	switch node := node.(type) {
	case nil, *tree.NoReturningClause:
		return nil
	case *tree.ReturningNothing:
		return "nothing"
	case *tree.ReturningExprs:
		return targets(tree.SelectExprs(*node))
	default:
		panic(unknown(node))
	}
}

func withSummary(node *tree.With) any {
	if node == nil {
		return nil
	}
	queries := list{}
	for _, query := range node.CTEList {
		queries = append(queries, record{
			"name": aliasSummary(query.Name), "materialized": int(query.Mtr), "statement": statementSummary(query.Stmt),
		})
	}
	return record{"recursive": node.Recursive, "queries": queries}
}

func whereSummary(node *tree.Where) any {
	if node == nil {
		return nil
	}
	return expression(node.Expr)
}

func orderSummary(nodes tree.OrderBy) list {
	items := list{}
	for _, node := range nodes {
		if node.OrderType != tree.OrderByColumn {
			panic(unknown(node))
		}
		direction := "ASC"
		if node.Direction == tree.Descending {
			direction = "DESC"
		}
		items = append(items, list{expression(node.Expr), direction, node.NullsOrder.String()})
	}
	return items
}

func lockingSummary(nodes tree.LockingClause) list {
	items := list{}
	for _, node := range nodes {
		if node.Form != tree.LockRecord {
			panic(unknown(node))
		}
		names := list{}
		for index := range node.Targets {
			names = append(names, tableName(&node.Targets[index]))
		}
		items = append(items, list{node.Strength.String(), names, node.WaitPolicy.String()})
	}
	return items
}

// put leaves out what is absent, as our own tree does.
func put(summary record, key string, value any) {
	switch value := value.(type) {
	case nil:
		return
	case string:
		if value == "" {
			return
		}
	case list:
		if len(value) == 0 {
			return
		}
	}
	summary[key] = value
}
