package main

import (
	"fmt"
	"go/constant"
	"regexp"
	"strings"

	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree"
	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree/treecmp"
	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree/treewindow"
)

func optional(node tree.Expr) any {
	if node == nil {
		return nil
	}
	return expression(node)
}

func expressions(nodes tree.Exprs) list {
	items := list{}
	for _, node := range nodes {
		items = append(items, expression(node))
	}
	return items
}

// An expression as nested lists: brackets are gone, the grouping stays.
func expression(node tree.Expr) any {
	switch node := node.(type) {
	case *tree.ParenExpr:
		return expression(node.Expr)
	case *tree.AndExpr:
		return chain("and", node.Left, node.Right)
	case *tree.OrExpr:
		return chain("or", node.Left, node.Right)
	case *tree.NotExpr:
		return list{"not", expression(node.Expr)}
	case *tree.IsNullExpr:
		return list{"is null", expression(node.Expr)}
	case *tree.IsNotNullExpr:
		return list{"is not null", expression(node.Expr)}
	case *tree.ComparisonExpr:
		return comparison(node)
	case *tree.BinaryExpr:
		return list{"op", node.Operator.Symbol.String(), expression(node.Left), expression(node.Right)}
	case *tree.UnaryExpr:
		return list{"op", node.Operator.Symbol.String(), expression(node.Expr)}
	case *tree.RangeCond:
		return list{between(node), expression(node.Left), expression(node.From), expression(node.To)}
	case *tree.Subquery:
		return subquery(node)
	case *tree.ArrayFlatten:
		return list{"array of", expression(node.Subquery)}
	case *tree.CaseExpr:
		return caseSummary(node)
	case *tree.CastExpr:
		return cast(node.Expr, node.Type)
	case *tree.AnnotateTypeExpr:
		return cast(node.Expr, node.Type)
	case *tree.CollateExpr:
		return list{"collate", expression(node.Expr), node.Locale}
	case *tree.IndirectionExpr:
		return subscripts(node)
	case *tree.ColumnAccessExpr:
		if node.ByIndex {
			panic(unknown(node))
		}
		return list{"field", expression(node.Expr), string(node.ColName)}
	case *tree.TupleStar:
		return list{"field", expression(node.Expr), "*"}
	case *tree.FuncExpr:
		return call(node)
	default:
		return primary(node)
	}
}

func primary(node tree.Expr) any {
	switch node := node.(type) {
	case *tree.UnresolvedName:
		return column(node)
	case tree.UnqualifiedStar:
		return list{"column", "*"}
	case *tree.NumVal:
		return list{"number", number(node)}
	case *tree.StrVal:
		return stringSummary(node)
	case *tree.DBool:
		return list{"boolean", bool(*node)}
	case *tree.DBitArray:
		return list{"bits", node.BitArray.String()}
	case *tree.Placeholder:
		return list{"parameter", int(node.Idx) + 1}
	case *tree.Tuple:
		if len(node.Labels) > 0 {
			panic(unknown(node))
		}
		return append(list{"row"}, expressions(node.Exprs)...)
	case *tree.Array:
		return append(list{"array"}, expressions(node.Exprs)...)
	case *tree.CoalesceExpr:
		return append(list{"coalesce"}, expressions(node.Exprs)...)
	case *tree.NullIfExpr:
		return list{"nullif", expression(node.Expr1), expression(node.Expr2)}
	case *tree.IfExpr:
		return list{"if", expression(node.Cond), expression(node.True), expression(node.Else)}
	case *tree.IfErrExpr:
		return list{"iferror", expression(node.Cond), optional(node.Else), optional(node.ErrCode)}
	case tree.DefaultVal:
		return list{"default"}
	default:
		if node == tree.DNull {
			return list{"null"}
		}
		panic(unknown(node))
	}
}

// Both grammars make a list of a chain that leans to the left, or none of one that leans to the right.
func chain(kind string, left, right tree.Expr) list {
	first := expression(left)
	if items, ok := first.(list); ok && items[0] == kind {
		return append(items, expression(right))
	}
	return list{kind, first, expression(right)}
}

func comparison(node *tree.ComparisonExpr) list {
	left, right := expression(node.Left), expression(node.Right)
	if node.Operator.Symbol.HasSubOperator() {
		kind := node.Operator.Symbol.String()
		if kind == "SOME" {
			kind = "ANY"
		}
		return list{kind, node.SubOperator.Symbol.String(), left, right}
	}
	if _, isQuery := node.Right.(*tree.Subquery); isQuery && node.Operator.Symbol == treecmp.NotIn {
		return list{"not", list{"op", "IN", left, right}}
	}
	return list{"op", node.Operator.Symbol.String(), left, right}
}

func between(node *tree.RangeCond) string {
	kind := "between"
	if node.Symmetric {
		kind += " symmetric"
	}
	if node.Not {
		kind = "not " + kind
	}
	return kind
}

func subquery(node *tree.Subquery) list {
	if node.Exists {
		return list{"exists", selectBody(node.Select)}
	}
	return list{"query", selectBody(node.Select)}
}

func caseSummary(node *tree.CaseExpr) list {
	whens := list{}
	for _, when := range node.Whens {
		whens = append(whens, list{expression(when.Cond), expression(when.Val)})
	}
	return list{"case", optional(node.Expr), whens, optional(node.Else)}
}

func subscripts(node *tree.IndirectionExpr) list {
	items := list{"subscript", expression(node.Expr)}
	for _, subscript := range node.Indirection {
		if subscript.Slice {
			items = append(items, list{optional(subscript.Begin), optional(subscript.End)})
		} else {
			items = append(items, expression(subscript.Begin))
		}
	}
	return items
}

var hexBytes = regexp.MustCompile(`^\\x((?:[0-9a-f]{2})*)$`)

// A byte string may stand as a cast of its hex digits; an annotation is read as a cast.
func cast(value tree.Expr, to tree.ResolvableTypeReference) list {
	kind := to.SQLString()
	if text, ok := value.(*tree.StrVal); ok && kind == "BYTES" {
		if digits := hexBytes.FindStringSubmatch(text.RawString()); digits != nil {
			return list{"bytes", digits[1]}
		}
	}
	// With a length, CockroachDB's two names of text mean the same.
	return list{"cast", expression(value), strings.Replace(kind, "STRING(", "VARCHAR(", 1)}
}

func column(node *tree.UnresolvedName) list {
	parts := list{"column"}
	for index := node.NumParts - 1; index >= 0; index-- {
		if index == 0 && node.Star {
			parts = append(parts, "*")
		} else {
			parts = append(parts, node.Parts[index])
		}
	}
	return parts
}

func number(node *tree.NumVal) string {
	if node.Kind() == constant.Int {
		return node.AsConstantValue().ExactString()
	}
	return tree.AsString(node)
}

// A string and a byte string are told apart by how they are written again.
func stringSummary(node *tree.StrVal) list {
	if strings.HasPrefix(tree.AsStringWithFlags(node, tree.FmtParsable), "b'") {
		return list{"bytes", fmt.Sprintf("%x", node.RawString())}
	}
	return list{"string", node.RawString()}
}

func call(node *tree.FuncExpr) list {
	details := record{}
	switch node.Type {
	case 0:
	case tree.DistinctFuncType:
		details["distinct"] = true
	case tree.AllFuncType:
	default:
		panic(unknown(node))
	}
	put(details, "order", orderSummary(node.OrderBy))
	put(details, "filter", optional(node.Filter))
	if node.AggType == tree.OrderedSetAgg {
		details["within"] = true
	}
	if node.WindowDef != nil {
		details["over"] = windowSummary(node.WindowDef)
	}
	return append(list{"call", functionName(node.Func), details}, expressions(node.Exprs)...)
}

func functionName(node tree.ResolvableFunctionReference) string {
	switch function := node.FunctionReference.(type) {
	case *tree.UnresolvedName:
		parts := []string{}
		for index := function.NumParts - 1; index >= 0; index-- {
			parts = append(parts, function.Parts[index])
		}
		return strings.Join(parts, ".")
	case *tree.FunctionDefinition:
		return function.Name
	case *tree.ResolvedFunctionDefinition:
		return function.Name
	default:
		panic(unknown(function))
	}
}

func windowSummary(node *tree.WindowDef) record {
	summary := record{}
	put(summary, "name", string(node.Name))
	put(summary, "ref", string(node.RefName))
	put(summary, "partition", expressions(node.Partitions))
	put(summary, "order", orderSummary(node.OrderBy))
	if node.Frame != nil {
		summary["frame"] = frameSummary(node.Frame)
	}
	return summary
}

func frameSummary(node *tree.WindowFrame) list {
	end := any(list{"CURRENT ROW"})
	if node.Bounds.EndBound != nil {
		end = bound(node.Bounds.EndBound)
	}
	return list{node.Mode.String(), bound(node.Bounds.StartBound), end, exclusion(node.Exclusion)}
}

func exclusion(kind treewindow.WindowFrameExclusion) string {
	if kind == treewindow.NoExclusion {
		return ""
	}
	return kind.String()
}

func bound(node *tree.WindowFrameBound) list {
	kind := node.BoundType.String()
	if node.OffsetExpr == nil {
		return list{kind}
	}
	return list{kind, expression(node.OffsetExpr)}
}
