// The judge of printed statements: CockroachDB's own parser. Reads `{"id","sql"}` a line, answers one line each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/parser"
	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree"
)

type question struct {
	ID  json.RawMessage `json:"id"`
	SQL string          `json:"sql"`
}

type answer struct {
	ID         json.RawMessage `json:"id"`
	Accepted   bool            `json:"accepted"`
	Error      string          `json:"error,omitempty"`
	Statements []statement     `json:"statements"`
}

type statement struct {
	Tag     string `json:"tag"`
	Text    string `json:"text"`
	Summary any    `json:"summary"`
	// A node that the summary does not know: the comparison fails on it, it is never passed over.
	Unknown string `json:"unknown,omitempty"`
}

const lineBytesMax = 16 << 20

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), lineBytesMax)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for lines.Scan() {
		must(encoder.Encode(judge(lines.Bytes())))
		must(out.Flush())
	}
	must(lines.Err())
}

func judge(line []byte) answer {
	var asked question
	must(json.Unmarshal(line, &asked))
	parsed, err := parser.Parse(asked.SQL)
	if err != nil {
		return answer{ID: asked.ID, Error: err.Error(), Statements: []statement{}}
	}
	judged := answer{ID: asked.ID, Accepted: true, Statements: []statement{}}
	for _, one := range parsed {
		judged.Statements = append(judged.Statements, describe(one.AST))
	}
	return judged
}

func describe(ast tree.Statement) (described statement) {
	described = statement{Tag: ast.StatementTag(), Text: tree.AsStringWithFlags(ast, tree.FmtParsable)}
	defer func() {
		if failure := recover(); failure != nil {
			unknown, ok := failure.(unknownNode)
			if !ok {
				panic(failure)
			}
			described.Unknown = string(unknown)
		}
	}()
	described.Summary = statementSummary(ast)
	return described
}

type unknownNode string

func unknown(node any) unknownNode { return unknownNode(fmt.Sprintf("%T", node)) }

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
