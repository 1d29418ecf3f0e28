package main

import (
	"strings"

	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree"
)

func tables(nodes tree.TableExprs) list {
	items := list{}
	for _, node := range nodes {
		items = append(items, tableSummary(node))
	}
	return items
}

func tableSummary(node tree.TableExpr) any {
	switch node := node.(type) {
	case *tree.AliasedTableExpr:
		return aliasedSummary(node)
	case *tree.TableName:
		return record{"table": tableName(node)}
	case *tree.ParenTableExpr:
		return tableSummary(node.Expr)
	case *tree.JoinTableExpr:
		return joinSummary(node)
	case *tree.Subquery:
		return record{"query": selectBody(node.Select)}
	case *tree.RowsFromExpr:
		return record{"functions": expressions(node.Items)}
	default:
		panic(unknown(node))
	}
}

func aliasedSummary(node *tree.AliasedTableExpr) any {
	summary, ok := tableSummary(node.Expr).(record)
	if !ok {
		panic(unknown(node.Expr))
	}
	if node.IndexFlags != nil {
		summary["index"] = hints(node.IndexFlags)
	}
	if node.Ordinality {
		summary["ordinality"] = true
	}
	if node.Lateral {
		summary["lateral"] = true
	}
	put(summary, "alias", aliasSummary(node.As))
	return summary
}

// One index alone is a hint of its own to the writer of CockroachDB's tree.
func hints(flags *tree.IndexFlags) string {
	text := strings.TrimPrefix(tree.AsString(flags), "@")
	if braced, ok := strings.CutPrefix(text, "{"); ok {
		return strings.TrimSuffix(braced, "}")
	}
	return "FORCE_INDEX=" + text
}

func joinSummary(node *tree.JoinTableExpr) record {
	kind := node.JoinType
	if kind == "" || kind == tree.AstCross {
		kind = tree.AstInner
	}
	summary := record{"join": kind, "left": tableSummary(node.Left), "right": tableSummary(node.Right)}
	put(summary, "hint", node.Hint)
	switch condition := node.Cond.(type) {
	case nil:
	case tree.NaturalJoinCond:
		summary["natural"] = true
	case *tree.OnJoinCond:
		summary["on"] = expression(condition.Expr)
	case *tree.UsingJoinCond:
		summary["using"] = nameList(condition.Cols)
	default:
		panic(unknown(condition))
	}
	return summary
}

func aliasSummary(node tree.AliasClause) any {
	if node.Alias == "" {
		return nil
	}
	columns := list{}
	for _, column := range node.Cols {
		if column.Type == nil {
			columns = append(columns, string(column.Name))
		} else {
			columns = append(columns, list{string(column.Name), column.Type.SQLString()})
		}
	}
	return list{string(node.Alias), columns}
}

func tableName(node *tree.TableName) list {
	parts := list{}
	if node.ExplicitCatalog {
		parts = append(parts, string(node.CatalogName))
	}
	if node.ExplicitSchema {
		parts = append(parts, string(node.SchemaName))
	}
	return append(parts, string(node.ObjectName))
}

func nameList(names tree.NameList) list {
	items := list{}
	for _, name := range names {
		items = append(items, string(name))
	}
	return items
}
