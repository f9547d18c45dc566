package metric

// Works that define many metrics, as Source quotes them.
const (
	bookRatios     = "Robinson, Henry, Pirie and Broihahn, International Financial Statement Analysis (CFA Institute, 3rd edition 2015), Financial Analysis Techniques"
	bookCashFlow   = "Robinson, Henry, Pirie and Broihahn, International Financial Statement Analysis (CFA Institute, 3rd edition 2015), Understanding Cash Flow Statements"
	bookQuality    = "Robinson, Henry, Pirie and Broihahn, International Financial Statement Analysis (CFA Institute, 3rd edition 2015), Financial Reporting Quality"
	bookValuation  = "Koller, Goedhart and Wessels, Valuation: Measuring and Managing the Value of Companies (McKinsey & Company, 6th edition 2015)"
	bookDamodaran  = "Damodaran, Investment Valuation (3rd edition 2012)"
	bookBanking    = "Rosenbaum and Pearl, Investment Banking: Valuation, Leveraged Buyouts, and Mergers & Acquisitions (2009)"
	bookPenman     = "Penman, Financial Statement Analysis and Security Valuation (5th edition 2013)"
	bookGraham     = "Graham and Dodd, Security Analysis (1934)"
	bookGreenblatt = "Greenblatt, The Little Book That Beats the Market (2005)"

	paperReturns   = "Damodaran, Return on Capital, Return on Invested Capital and Return on Equity: Measurement and Implications (2007)"
	paperLeases    = "Damodaran, Dealing with Operating Leases in Valuation (1999)"
	paperCashRatio = "Mills and Yamamura, The power of cash flow ratios, Journal of Accountancy (October 1998)"
	paperNissim    = "Nissim and Penman, Ratio analysis and equity valuation: from research to practice, Review of Accounting Studies 6 (2001)"
	paperHirsh     = "Hirshleifer, Hou, Teoh and Zhang, Do investors overvalue firms with bloated balance sheets?, Journal of Accounting and Economics 38 (2004)"
	paperSloan     = "Sloan, Do stock prices fully reflect information in accruals and cash flows about future earnings?, The Accounting Review 71 (1996)"
	paperBall2015  = "Ball, Gerakos, Linnainmaa and Nikolaev, Deflating profitability, Journal of Financial Economics 117 (2015)"
	paperBall2016  = "Ball, Gerakos, Linnainmaa and Nikolaev, Accruals, cash flows, and operating profitability in the cross section of stock returns, Journal of Financial Economics 121 (2016)"
	paperNovyMarx  = "Novy-Marx, The other side of value: the gross profitability premium, Journal of Financial Economics 108 (2013)"

	noAuthor = "The quotient of two names, by no one author"

	perShareOfDay = "Per share outstanding on the statement, on the as-of date's split basis."
	perDiluted    = "Per weighted diluted share of the period, on the as-of date's split basis; of a loss-maker these are the basic shares."
	thinAssets    = "Undefined where fixed assets are under 1 % of assets: an office's furniture, or a line that holds only a part of them."
	assetLight    = "Undefined where the average capital is under 5 % of average assets: asset-light companies would show thousands of per cent, and two negatives a profit."
)
