module assaybench

go 1.26.0

require (
	assay v0.0.0
	github.com/expr-lang/expr v1.17.8
	github.com/mattn/go-sqlite3 v1.14.53
)

replace assay => ../
